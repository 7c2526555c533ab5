/* Mail by libcurl's easy interface, one handle for all letters. */
#include "base/smtp.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"

#define HURRY_S 5
#define PART_S 5L
#define REPLY_GOODBYE 421 /* the server closes the connection */

struct smtp {
	CURL *curl;
	long patience_s;
	atomic_bool hurry;
	time_t hurry_until; /* monotonic; 0: not seen yet */
	struct bytes left; /* of the message */
	bool begun;
	enum smtp_step step;
	int heard; /* the last reply with a status, and that */
	char status[SMTP_STATUS_SIZE];
};

static void prepare(struct smtp *, const struct smtp_server *);
static void secure(CURL *, const struct smtp_server *);
static CURLcode attempt(struct smtp *, const struct smtp_letter *, bool fresh);
static curl_socket_t socket_of(const struct smtp *);
static int reply_of(CURL *);
static bool gone_stale(struct smtp *, CURLcode);
static bool path_clean(const char *);
static int overhear(CURL *, curl_infotype, char *, size_t, void *smtp);
static size_t give(char *out, size_t size, size_t count, void *smtp);
static int look(void *smtp, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static const char *word_of(CURLcode);

struct smtp *
smtp_open(const struct smtp_server *server)
{
	struct smtp *s = mem_get(sizeof(*s));

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (s->curl = curl_easy_init()) == NULL)
		log_die("smtp.start", "reason=memory");
	prepare(s, server);
	secure(s->curl, server);
	return s;
}

/* libcurl would say QUIT on a connection that is still open and wait two
 * minutes for the answer. */
void
smtp_close(struct smtp *s)
{
	if (s == NULL)
		return;
	if (smtp_is_open(s))
		shutdown(socket_of(s), SHUT_RDWR);
	curl_easy_cleanup(s->curl);
	free(s);
}

struct smtp_answer
smtp_send(struct smtp *s, const struct smtp_letter *letter)
{
	struct smtp_answer answer = { SMTP_REFUSED, 0, "address", "" };
	CURLcode code;

	if (!path_clean(letter->from) || !path_clean(letter->to))
		return answer;
	code = attempt(s, letter, false);
	if (gone_stale(s, code))
		code = attempt(s, letter, true);
	answer = smtp_judge((int)code, reply_of(s->curl), s->step);
	if (answer.result == SMTP_REFUSED && answer.code == s->heard)
		memcpy(answer.status, s->status, sizeof(answer.status));
	return answer;
}

void
smtp_hurry(struct smtp *s)
{
	if (s != NULL)
		atomic_store(&s->hurry, true);
}

bool
smtp_is_open(const struct smtp *s)
{
	return s != NULL && socket_of(s) != CURL_SOCKET_BAD;
}

/* A command that needs no letter, after which libcurl says QUIT. */
void
smtp_part(struct smtp *s)
{
	curl_easy_setopt(s->curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	curl_easy_setopt(s->curl, CURLOPT_FRESH_CONNECT, 0L);
	curl_easy_setopt(s->curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, PART_S);
	curl_easy_perform(s->curl);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, 2 * s->patience_s);
	curl_easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(s->curl, CURLOPT_NOBODY, 0L);
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
}

int
smtp_status(const char *line, size_t len, char status[SMTP_STATUS_SIZE])
{
	static const char digits[] = "0123456789";
	char text[4 + SMTP_STATUS_SIZE];
	size_t subject, detail, size;

	status[0] = '\0';
	if (len >= sizeof(text))
		len = sizeof(text) - 1;
	memcpy(text, line, len);
	text[len] = '\0';
	if (strspn(text, digits) != 3 || (text[3] != ' ' && text[3] != '-') ||
	    text[4] != text[0] || text[5] != '.')
		return 0;
	subject = strspn(text + 6, digits);
	detail = text[6 + subject] == '.' ? strspn(text + 7 + subject, digits)
					  : 0;
	size = 2 + subject + 1 + detail;
	if (subject < 1 || subject > 3 || detail < 1 || detail > 3 ||
	    strchr(" \r\n", text[4 + size]) == NULL)
		return 0;
	memcpy(status, text + 4, size);
	status[size] = '\0';
	return atoi(text);
}

struct smtp_answer
smtp_judge(int outcome, int reply, enum smtp_step step)
{
	CURLcode code = (CURLcode)outcome;
	struct smtp_answer answer = {
		.result = SMTP_LATER,
		.code = reply >= 400 ? reply : 0,
		.why = word_of(code),
	};
	/* libcurl calls what the server says to MAIL, RCPT and DATA a
	 * failure to send. */
	bool about_letter = code == CURLE_SEND_ERROR ||
	    step == SMTP_HANDED_OVER;

	if (code == CURLE_OK)
		answer.result = SMTP_DELIVERED;
	else if (step == SMTP_ARRIVING || reply / 10 == 53)
		answer.result = SMTP_AWAY;
	else if (step == SMTP_HANDED_OVER && reply < 400)
		answer.result = SMTP_UNKNOWN;
	else if (about_letter && reply / 100 == 5)
		answer.result = SMTP_REFUSED;
	if (answer.code != 0 && about_letter)
		answer.why = "reply";
	return answer;
}

static void
prepare(struct smtp *s, const struct smtp_server *server)
{
	struct arena *arena = arena_new();
	long patience_s = server->patience_s;
	CURL *curl = s->curl;

	s->patience_s = patience_s;
	/* The path is the name for EHLO. */
	curl_easy_setopt(curl, CURLOPT_URL,
	    arena_print(arena, "%s/%s", server->url, server->name));
	arena_free(arena);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, s);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, s);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, s);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, patience_s);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, patience_s);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 2 * patience_s);
	if (server->user[0] != '\0') {
		curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
	}
}

static void
secure(CURL *curl, const struct smtp_server *server)
{
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    server->plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (server->authorities[0] == '\0')
		return;
	curl_easy_setopt(curl, CURLOPT_CAINFO, server->authorities);
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
}

static CURLcode
attempt(struct smtp *s, const struct smtp_letter *letter, bool fresh)
{
	struct curl_slist *to = curl_slist_append(NULL, letter->to);
	CURL *curl = s->curl;
	CURLcode code;

	if (to == NULL)
		log_die("smtp.send", "reason=memory");
	s->left = letter->message;
	s->begun = false;
	s->step = SMTP_ARRIVING;
	s->heard = 0;
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, letter->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)letter->message.len);
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, (long)fresh);
	curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, (long)letter->last);
	code = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	return code;
}

static curl_socket_t
socket_of(const struct smtp *s)
{
	curl_socket_t open = CURL_SOCKET_BAD;

	curl_easy_getinfo(s->curl, CURLINFO_ACTIVESOCKET, &open);
	return open;
}

static int
reply_of(CURL *curl)
{
	long reply = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
	return (int)reply;
}

/* Has the server left a connection that stood since the letter before?
 * Then this letter has not had its try. */
static bool
gone_stale(struct smtp *s, CURLcode code)
{
	long connects = 0;
	int reply = reply_of(s->curl);

	curl_easy_getinfo(s->curl, CURLINFO_NUM_CONNECTS, &connects);
	return code != CURLE_OK && connects == 0 && !s->begun &&
	    (reply == 0 || reply == REPLY_GOODBYE) && !atomic_load(&s->hurry);
}

/* libcurl 7.88 passes CR LF in an address on as a command. */
static bool
path_clean(const char *path)
{
	size_t len = strlen(path);

	for (const char *c = path; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~')
			return false;
	return len > 2 && path[0] == '<' && path[len - 1] == '>' &&
	    strcspn(path + 1, "<>") == len - 2;
}

/* libcurl does not say otherwise whether it came as far as MAIL, nor which
 * status stood in a reply. */
static int
overhear(CURL *curl, curl_infotype type, char *data, size_t len, void *arg)
{
	struct smtp *s = arg;
	char status[SMTP_STATUS_SIZE];
	int reply;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT && s->step == SMTP_ARRIVING &&
	    len > 5 && memcmp(data, "MAIL ", 5) == 0)
		s->step = SMTP_TALKING;
	reply = type == CURLINFO_HEADER_IN ? smtp_status(data, len, status) : 0;
	if (reply >= 400) {
		s->heard = reply;
		memcpy(s->status, status, sizeof(status));
	}
	return 0;
}

static size_t
give(char *out, size_t size, size_t count, void *arg)
{
	struct smtp *s = arg;
	size_t most = size * count;
	size_t len = s->left.len < most ? s->left.len : most;

	memcpy(out, s->left.data, len);
	s->left.data = (const char *)s->left.data + len;
	s->left.len -= len;
	s->begun = true;
	if (s->left.len == 0)
		s->step = SMTP_HANDED_OVER;
	return len;
}

/* Called about once a second; anything but 0 gives up. */
static int
look(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all,
    curl_off_t up)
{
	struct smtp *s = arg;
	struct timespec now;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	if (!atomic_load(&s->hurry))
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (s->hurry_until == 0)
		s->hurry_until = now.tv_sec + HURRY_S;
	return now.tv_sec >= s->hurry_until;
}

static const char *
word_of(CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return "taken";
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return "connect";
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_REMOTE_ACCESS_DENIED:
		return "greeting";
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return "tls";
	case CURLE_LOGIN_DENIED:
	case CURLE_AUTH_ERROR:
		return "login";
	case CURLE_OPERATION_TIMEDOUT:
		return "silence";
	case CURLE_ABORTED_BY_CALLBACK:
		return "stopped";
	default:
		return "lost";
	}
}
