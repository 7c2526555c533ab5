/*
 * A load generator for one machine: sends the requests of a file over a
 * number of connections, each as soon as the one before is answered, or at a
 * steady pace, and prints what came back as one line of JSON.
 *
 *	load [-1] [-c connections] [-r per_second] [-t seconds] [-o ANSWERS]
 *	    PORT FILE
 *
 * PORT is one of loopback, or the path of a Unix socket.  FILE holds
 * requests, each behind a line with its length in bytes.  With -1 every
 * request is sent once, else round and round for `seconds`.  A pace counts
 * latency from the moment at which a request was due.  ANSWERS takes the last
 * answer to each request in the form of FILE.  Sources are 127.1.0.1,
 * 127.1.0.2, ... so that no peer has more than eight connections.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_MAX (512 * 1024)
#define LATENCIES_MAX 4000000
#define PER_SOURCE 8
#define PATIENCE_NS INT64_C(30000000000)

struct request {
	const char *bytes;
	size_t len;
	char *answer; /* the last one, when they are kept */
	size_t answer_len;
	uint64_t body; /* hash of its body */
};

struct client {
	int fd;
	bool busy;
	struct request *request;
	int64_t since_ns;
	char *answer;
	size_t got;
};

struct load {
	struct request *requests;
	size_t count, next;
	bool once;
	const char *answers; /* file for them, or NULL */
	const char *port;
	int connections;
	double rate, seconds;
	struct client *clients;
	int epoll, busy;
	int64_t start_ns, end_ns;
	size_t sent, answered, bytes, dropped;
	size_t changed; /* bodies unlike the one before to the same request */
	size_t statuses[600];
	uint32_t *latency_us;
};

static int64_t
now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000000000) + ts.tv_nsec;
}

static void
die(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
read_requests(struct load *load, const char *path)
{
	FILE *file = fopen(path, "re");
	size_t room = 0, len;

	if (file == NULL)
		die(path);
	while (fscanf(file, "%zu", &len) == 1 && fgetc(file) == '\n') {
		char *bytes = malloc(len);

		if (bytes == NULL || fread(bytes, 1, len, file) != len)
			die(path);
		if (load->count == room) {
			room = room == 0 ? 64 : room * 2;
			load->requests = realloc(load->requests,
			    room * sizeof(*load->requests));
			if (load->requests == NULL)
				die("memory");
		}
		load->requests[load->count++] = (struct request) {
			.bytes = bytes,
			.len = len,
		};
	}
	fclose(file);
	if (load->count == 0)
		die("no requests");
}

static int
open_socket(const struct load *load, int n)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX };
	struct sockaddr_in from = { .sin_family = AF_INET };
	struct sockaddr_in to = { .sin_family = AF_INET };
	bool local = load->port[0] == '/';
	int fd = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC,
	    0);
	int on = 1;

	if (fd < 0)
		die("socket");
	if (local) {
		if (strlen(load->port) >= sizeof(path.sun_path))
			die("path");
		strcpy(path.sun_path, load->port);
		if (connect(fd, (struct sockaddr *)&path, sizeof(path)) < 0)
			die("connect");
		return fd;
	}
	from.sin_addr.s_addr = htonl(0x7f010001 + (uint32_t)(n / PER_SOURCE));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)atoi(load->port));
	if (bind(fd, (struct sockaddr *)&from, sizeof(from)) < 0 ||
	    connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		die("connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static void
open_client(struct load *load, int n)
{
	struct client *client = &load->clients[n];
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };

	client->fd = open_socket(load, n);
	if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, client->fd, &event) < 0)
		die("epoll");
	client->got = 0;
	client->busy = false;
}

static bool
more(const struct load *load)
{
	return load->once ? load->sent < load->count : now_ns() < load->end_ns;
}

static void
send_next(struct load *load, struct client *client, int64_t due_ns)
{
	struct request *request = &load->requests[load->next];

	load->next = (load->next + 1) % load->count;
	load->sent++;
	load->busy++;
	client->busy = true;
	client->request = request;
	client->since_ns = due_ns;
	if (send(client->fd, request->bytes, request->len, MSG_NOSIGNAL) !=
	    (ssize_t)request->len)
		die("send");
}

/* Length of the whole answer in the buffer, 0 while it is not complete. */
static size_t
whole(struct client *client)
{
	char *end, *length;
	size_t head;

	client->answer[client->got] = '\0';
	end = strstr(client->answer, "\r\n\r\n");
	if (end == NULL)
		return 0;
	head = (size_t)(end - client->answer) + 4;
	length = strcasestr(client->answer, "\r\nContent-Length:");
	if (length != NULL && length < end)
		head += strtoul(length + 17, NULL, 10);
	return client->got >= head ? head : 0;
}

/* FNV-1a over words. */
static uint64_t
hash(const char *data, size_t len)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ len, word;

	for (; len >= sizeof(word); len -= sizeof(word), data += sizeof(word)) {
		memcpy(&word, data, sizeof(word));
		h = (h ^ word) * UINT64_C(1099511628211);
		h ^= h >> 29;
	}
	for (; len > 0; len--)
		h = (h ^ (unsigned char)*data++) * UINT64_C(1099511628211);
	return h;
}

/* Is it what was answered to the same request before?  Heads hold a date. */
static void
compare(struct load *load, struct client *client, size_t len)
{
	struct request *request = client->request;
	size_t head = (size_t)(strstr(client->answer, "\r\n\r\n") + 4 -
	    client->answer);
	uint64_t body = hash(client->answer + head, len - head);

	load->changed += request->answer_len > 0 && request->body != body;
	request->body = body;
	request->answer_len = len;
	if (load->answers == NULL)
		return;
	request->answer = realloc(request->answer, len);
	if (request->answer == NULL)
		die("memory");
	memcpy(request->answer, client->answer, len);
}

static void
note(struct load *load, struct client *client, size_t len)
{
	int status = atoi(client->answer + 9);
	int64_t us = (now_ns() - client->since_ns) / 1000;

	if (status >= 100 && status < 600)
		load->statuses[status]++;
	if (load->answered < LATENCIES_MAX)
		load->latency_us[load->answered] = (uint32_t)us;
	load->answered++;
	load->bytes += len;
	compare(load, client, len);
	load->busy--;
	client->busy = false;
	client->got = 0;
}

static void
receive(struct load *load, struct client *client)
{
	ssize_t got = recv(client->fd, client->answer + client->got,
	    ANSWER_MAX - client->got - 1, 0);
	size_t len;

	if (got <= 0) { /* closed: a busy one has lost its answer */
		load->dropped += client->busy;
		load->busy -= client->busy;
		close(client->fd);
		open_client(load, (int)(client - load->clients));
	} else {
		client->got += (size_t)got;
		len = whole(client);
		if (len == 0)
			return;
		note(load, client, len);
	}
	if (load->rate == 0 && more(load))
		send_next(load, client, now_ns());
}

static struct client *
idle(struct load *load)
{
	for (int i = 0; i < load->connections; i++)
		if (!load->clients[i].busy)
			return &load->clients[i];
	return NULL;
}

/* Sends what is due at the pace; how long to wait for the next. */
static int64_t
keep_pace(struct load *load)
{
	int64_t due_ns;
	struct client *client;

	for (;;) {
		due_ns = load->start_ns +
		    (int64_t)((double)load->sent / load->rate * 1e9);
		client = idle(load);
		if (due_ns > now_ns() || !more(load) || client == NULL)
			break;
		send_next(load, client, due_ns);
	}
	due_ns -= now_ns();
	return due_ns < 100000 ? 100000 : due_ns;
}

static void
run(struct load *load)
{
	struct epoll_event events[256];
	int64_t last_ns;

	last_ns = load->start_ns = now_ns();
	load->end_ns = load->start_ns + (int64_t)(load->seconds * 1e9);
	for (int i = 0; load->rate == 0 && i < load->connections; i++)
		if (more(load))
			send_next(load, &load->clients[i], now_ns());
	while ((more(load) || load->busy > 0) &&
	    now_ns() < last_ns + PATIENCE_NS) {
		int64_t ns = load->rate > 0 ? keep_pace(load) : 1000000000;
		struct timespec wait = { ns / 1000000000, ns % 1000000000 };
		int count = epoll_pwait2(load->epoll, events, 256, &wait, NULL);

		for (int i = 0; i < count; i++)
			receive(load, events[i].data.ptr);
		if (count > 0)
			last_ns = now_ns();
	}
	load->end_ns = now_ns();
	load->dropped += (size_t)load->busy;
}

static void
keep_answers(const struct load *load)
{
	FILE *file = fopen(load->answers, "we");

	if (file == NULL)
		die(load->answers);
	for (size_t i = 0; i < load->count; i++) {
		const struct request *r = &load->requests[i];

		fprintf(file, "%zu\n", r->answer_len);
		fwrite(r->answer, 1, r->answer_len, file);
	}
	if (fclose(file) != 0)
		die(load->answers);
}

static int
by_size(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

static double
percentile_ms(const struct load *load, double part)
{
	size_t count = load->answered < LATENCIES_MAX ? load->answered
						      : LATENCIES_MAX;

	if (count == 0)
		return 0;
	return load->latency_us[(size_t)((double)(count - 1) * part)] / 1e3;
}

static void
print(struct load *load)
{
	double seconds = (double)(load->end_ns - load->start_ns) / 1e9;
	const char *comma = "";

	qsort(load->latency_us,
	    load->answered < LATENCIES_MAX ? load->answered : LATENCIES_MAX,
	    sizeof(*load->latency_us), by_size);
	printf("{\"answered\": %zu, \"dropped\": %zu, \"changed\": %zu, "
	       "\"seconds\": %.3f, "
	       "\"per_second\": %.0f, \"bytes\": %zu, \"p50_ms\": %.3f, "
	       "\"p99_ms\": %.3f, \"max_ms\": %.3f, \"statuses\": {",
	    load->answered, load->dropped, load->changed, seconds,
	    (double)load->answered / seconds, load->bytes,
	    percentile_ms(load, 0.5), percentile_ms(load, 0.99),
	    percentile_ms(load, 1));
	for (int i = 0; i < 600; i++)
		if (load->statuses[i] > 0) {
			printf("%s\"%d\": %zu", comma, i, load->statuses[i]);
			comma = ", ";
		}
	printf("}}\n");
}

int
main(int argc, char **argv)
{
	struct load load = { .connections = 1, .seconds = 60 };
	int option;

	while ((option = getopt(argc, argv, "1c:r:t:o:")) != -1) {
		switch (option) {
		case '1':
			load.once = true;
			break;
		case 'c':
			load.connections = atoi(optarg);
			break;
		case 'r':
			load.rate = atof(optarg);
			break;
		case 't':
			load.seconds = atof(optarg);
			break;
		case 'o':
			load.answers = optarg;
			break;
		default:
			return 2;
		}
	}
	if (argc - optind != 2)
		return 2;
	load.port = argv[optind];
	read_requests(&load, argv[optind + 1]);
	load.latency_us = calloc(LATENCIES_MAX, sizeof(*load.latency_us));
	load.clients = calloc((size_t)load.connections, sizeof(*load.clients));
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (load.latency_us == NULL || load.clients == NULL || load.epoll < 0)
		die("memory");
	for (int i = 0; i < load.connections; i++) {
		load.clients[i].answer = malloc(ANSWER_MAX);
		if (load.clients[i].answer == NULL)
			die("memory");
		open_client(&load, i);
	}
	run(&load);
	print(&load);
	if (load.answers != NULL)
		keep_answers(&load);
	return 0;
}
