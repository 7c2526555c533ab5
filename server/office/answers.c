/*
 * What people have told: sums of ten and more, each as a table with bars.
 * Feelings are shown three times: what has changed, before, and after.
 */
#include "office/answers.h"

#include "pages.h"
#include "web/sign_in.h"

static web_done counted;
static int fill(struct page *, const struct answers *, struct answers_page *);
static void head(struct answers_block *, enum text title,
    const struct answer_sum *);
static void add_row(struct answers_block *, enum text label, int64_t count);
static void fill_choices(struct answers_block *, enum question,
    const struct answer_sum *);
static void fill_change(struct answers_block *, const struct answer_sum *);
static void fill_faces(struct answers_block *, const struct answer_sum *,
    bool after);

void
answers_show(struct web *web, struct request *request)
{
	struct answers_job *job = answers_job_open(web, request);

	if (sign_in_required(web, request, RIGHT_USAGE, &job->account))
		web_work(web, request, answers_count, counted, job);
}

struct answers_job *
answers_job_open(struct web *web, struct request *request)
{
	struct answers_job *job = arena_get(request->arena, sizeof(*job));

	job->web = web;
	job->request = request;
	return job;
}

void
answers_count(void *arg)
{
	struct answers_job *job = arg;
	struct desk d = web_desk(job->web, job->request);

	d.db = db_open(
	    arena_print(d.arena, "%s/hokend.db", job->web->config->var),
	    DB_READ);
	job->result = d.db == NULL ? -1 : answers_get(&d, job->answers);
	db_close(d.db);
}

static void
counted(struct web *web, struct request *request, void *arg)
{
	const struct answers_job *job = arg;
	struct answers_page p = { 0 };
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_answers_title);
	sign_in_menu(&o, &job->account, "usage");
	o.slim = true;
	if (job->result < 0 || fill(&o, job->answers, &p) < 0) {
		page_fail(&o);
		return;
	}
	page_answers(&o, &p);
	page_send(&o, 200, NULL);
}

static int
fill(struct page *o, const struct answers *answers, struct answers_page *p)
{
	const struct answer_sum *heard = &answers[ASK_HEARD].total;
	const struct answer_sum *age = &answers[ASK_AGE].total;
	const struct answer_sum *feeling = &answers[ASK_FEELING].total;
	const struct answer_sum *again = &answers[ASK_AGAIN].total;

	head(&p->blocks[BLOCK_HEARD], T_ask_heard, heard);
	fill_choices(&p->blocks[BLOCK_HEARD], ASK_HEARD, heard);
	head(&p->blocks[BLOCK_AGE], T_answers_age, age);
	fill_choices(&p->blocks[BLOCK_AGE], ASK_AGE, age);
	head(&p->blocks[BLOCK_CHANGE], T_answers_change, feeling);
	fill_change(&p->blocks[BLOCK_CHANGE], feeling);
	head(&p->blocks[BLOCK_BEFORE], T_card_before, feeling);
	fill_faces(&p->blocks[BLOCK_BEFORE], feeling, false);
	head(&p->blocks[BLOCK_AFTER], T_answers_after, feeling);
	fill_faces(&p->blocks[BLOCK_AFTER], feeling, true);
	head(&p->blocks[BLOCK_AGAIN], T_card_again, again);
	fill_choices(&p->blocks[BLOCK_AGAIN], ASK_AGAIN, again);
	p->address = arena_print(o->desk.arena, "%s/card",
	    o->web->config->public_url);
	return qr_make(o->desk.arena, p->address, &p->qr);
}

static void
head(struct answers_block *block, enum text title, const struct answer_sum *sum)
{
	*block = (struct answers_block) {
		.title = title,
		.people = sum->people,
		.from_year = sum->from_quarter / 4,
		.from_month = sum->from_quarter % 4 * 3 + 1,
		.until_year = sum->until_quarter / 4,
		.until_month = sum->until_quarter % 4 * 3 + 3,
	};
}

static void
add_row(struct answers_block *block, enum text label, int64_t count)
{
	if (block->people == 0)
		return;
	block->rows[block->count++] = (struct answers_row) {
		.label = label,
		.count = count,
		.percent = (int)((200 * count + block->people) /
		    (2 * block->people)),
		.bar = (int)(count * ANSWERS_BAR / block->people),
		.few = count < ANSWER_FEW,
	};
}

static void
fill_choices(struct answers_block *block, enum question question,
    const struct answer_sum *sum)
{
	for (size_t n = 0; choice_name(question, n) != NULL; n++)
		add_row(block, ask_choice_text(question, n), sum->counts[n]);
}

static void
fill_change(struct answers_block *block, const struct answer_sum *sum)
{
	int64_t lighter = 0, same = 0, heavier = 0;

	for (int n = 0; n < CHOICES_MAX; n++)
		if (n % FACES > n / FACES)
			lighter += sum->counts[n];
		else if (n % FACES == n / FACES)
			same += sum->counts[n];
		else
			heavier += sum->counts[n];
	add_row(block, T_answers_lighter, lighter);
	add_row(block, T_answers_same, same);
	add_row(block, T_answers_heavier, heavier);
}

static void
fill_faces(struct answers_block *block, const struct answer_sum *sum,
    bool after)
{
	int64_t faces[FACES] = { 0 };

	for (int n = 0; n < CHOICES_MAX; n++)
		faces[after ? n % FACES : n / FACES] += sum->counts[n];
	for (int face = 1; face <= FACES; face++)
		add_row(block, ask_face_text(face), faces[face - 1]);
}
