#include "check.h"

#include "file.h"
#include "run.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void test_round_trip(int folder)
{
	struct vs_run run = { .folder = folder, .lock = -1 };
	struct vs_state state;
	char text[512] = "";
	uint64_t number = 0;

	CHECK(vs_state_add(text, sizeof(text), "tree", "/a\nb\\012=c"));
	CHECK(vs_state_add_number(text, sizeof(text), "init", 42));
	CHECK(vs_state_add(text, sizeof(text), "empty", ""));
	CHECK(vs_file_replace(folder, "state", text, strlen(text)) == 0);
	CHECK(vs_state_read(&run, &state) == 0);
	CHECK(strcmp(vs_state_text(&state, "tree"), "/a\nb\\012=c") == 0);
	CHECK(vs_state_number(&state, "init", &number) == 0 && number == 42);
	CHECK(strcmp(vs_state_text(&state, "empty"), "") == 0);
	CHECK(vs_state_text(&state, "ini") == NULL);
	vs_state_free(&state);
}

static void test_hostile_text(int folder)
{
	static const char text[] = "\n\n=x\\\n\\0\\01\\999\ninit=1\ninit-start=2\nlast\\";
	struct vs_run run = { .folder = folder, .lock = -1 };
	struct vs_state state;

	CHECK(vs_file_replace(folder, "state", text, sizeof(text) - 1) == 0);
	CHECK(vs_state_read(&run, &state) == 0);
	/* Process 1 of the host has another start time. */
	CHECK(vs_state_process(&state, "init") < 0);
	vs_state_free(&state);
}

static void test_no_room(void)
{
	char text[32] = "";

	CHECK(!vs_state_add(text, sizeof(text), "tree", "/longer/than/there/is/room/for/it"));
	text[0] = '\0';
	CHECK(!vs_state_add(text, sizeof(text), "a-key-that-does-not-fit-at-all-here", ""));
	text[0] = '\0';
	CHECK(vs_state_add(text, sizeof(text), "k", "v") && strcmp(text, "k=v\n") == 0);
}

int main(void)
{
	char path[] = "/tmp/vserver-state-XXXXXX";
	int folder = mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY) : -1;

	if (folder < 0)
		return 1;
	test_round_trip(folder);
	test_hostile_text(folder);
	test_no_room();
	unlinkat(folder, "state", 0);
	rmdir(path);
	CHECK_END();
}
