-- The page of accounts shows when each has signed in last; without this it
-- would read the whole audit, which only grows.
CREATE INDEX audit_sign_in ON audit (account, at) WHERE action = 'sign_in';
