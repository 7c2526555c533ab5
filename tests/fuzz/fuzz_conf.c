/* hokend.conf. */
#include <stdio.h>
#include <sys/mman.h>

#include "base/config.h"
#include "base/text.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	struct config config = { 0 };
	int fd = memfd_create("conf", MFD_CLOEXEC);

	MUST(fd >= 0 && write(fd, data, len) == (ssize_t)len);
	if (config_read(arena, arena_print(arena, "/proc/self/fd/%d", fd),
		&config) == 0) {
		MUST(config.port > 0 && config.port < 65536);
		MUST(config.connections > 0);
		MUST(*config.var != '\0' && *config.listen != '\0');
		MUST(!text_has_control(config.mail_from, false));
		MUST(!text_has_control(config.mail_name, false));
	}
	close(fd);
	arena_free(arena);
	return 0;
}
