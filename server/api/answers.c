/*
 * What people have told, as sums: in total and by the quarters that may be
 * shown.
 */
#include "office/answers.h"
#include "api/api.h"

static web_done counted;
static json_t *sum_doc(struct arena *, enum question,
    const struct answer_sum *);
static json_t *counts_doc(enum question, const struct answer_sum *);
static const char *month(struct arena *, int quarter, int of_quarter);

/* GET /api/v1/answers */
void
api_answers(struct web *w, struct request *r)
{
	struct answers_job *job = answers_job_open(w, r);
	struct asker asker;

	if (api_asker(w, r, RIGHT_USAGE, &asker))
		web_work(w, r, answers_count, counted, job);
}

static void
counted(struct web *w, struct request *r, void *arg)
{
	const struct answers_job *job = arg;
	const struct answers *answers = job->answers;
	json_t *doc;

	(void)w;
	if (job->result < 0) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	doc = json_object();
	for (enum question q = 0; q < QUESTIONS; q++) {
		json_t *periods = json_array();

		for (size_t i = 0; i < answers[q].count; i++)
			json_array_append_new(periods,
			    sum_doc(r->arena, q, &answers[q].sums[i]));
		json_object_set_new(doc, question_name(q),
		    json_pack("{s:I, s:o, s:o}", "people",
			(json_int_t)answers[q].total.people, "choices",
			counts_doc(q, &answers[q].total), "periods", periods));
	}
	api_answer(r, 200,
	    json_pack("{s:i, s:o}", "shown_from", ANSWER_BATCH, "questions",
		doc));
}

static json_t *
sum_doc(struct arena *arena, enum question q, const struct answer_sum *sum)
{
	return json_pack("{s:s, s:s, s:I, s:o}", "from",
	    month(arena, sum->from_quarter, 1), "until",
	    month(arena, sum->until_quarter, 3), "people",
	    (json_int_t)sum->people, "choices", counts_doc(q, sum));
}

/* Nothing where there is nothing to show. */
static json_t *
counts_doc(enum question q, const struct answer_sum *sum)
{
	json_t *doc = json_object();

	for (size_t n = 0; sum->people > 0 && choice_name(q, n) != NULL; n++)
		json_object_set_new(doc, choice_name(q, n),
		    json_integer(sum->counts[n]));
	return doc;
}

/* "2026-07", the first month of a quarter, or its last. */
static const char *
month(struct arena *arena, int quarter, int of_quarter)
{
	return arena_print(arena, "%04d-%02d", quarter / 4,
	    quarter % 4 * 3 + of_quarter);
}
