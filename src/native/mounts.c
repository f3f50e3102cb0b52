#include "mounts.h"

#include "cleanup.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_DEFAULT (64ULL * 1024 * 1024)
#define MODE_DEFAULT 01777U

static int refuse(struct vs_error *error, const char *key, const char *why)
{
	return vs_fail_detail(error, "BadRequest", EINVAL, "request", key, why);
}

static bool is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* The text after "name=", copied; false when it is another option or too long. */
static bool value_take(const char *text, size_t length, const char *name, char *value, size_t size)
{
	size_t start = strlen(name);

	if (length <= start || memcmp(text, name, start) != 0 || length - start >= size)
		return false;
	memcpy(value, text + start, length - start);
	value[length - start] = '\0';
	return true;
}

static int mode_parse(const char *digits, unsigned int *ret_mode)
{
	unsigned int mode = 0;

	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '7' || mode > 0777)
			return -EINVAL;
		mode = mode * 8 + (unsigned int)(*digits - '0');
	}
	*ret_mode = mode;
	return 0;
}

static int option_read(const char *text, size_t length, struct vs_mount *mount)
{
	bool is_memory = !mount->source;
	char value[24];

	if (is_word(text, length, "ro"))
		mount->is_read_only = true;
	else if (is_word(text, length, "noexec"))
		mount->is_not_executed = true;
	else if (is_word(text, length, "noidmap") && !is_memory)
		mount->is_unmapped = true;
	else if (is_memory && value_take(text, length, "size=", value, sizeof(value)))
		return vs_text_number(value, INT64_MAX, &mount->size);
	else if (is_memory && value_take(text, length, "mode=", value, sizeof(value)))
		return mode_parse(value, &mount->mode);
	else
		return -EINVAL;
	return 0;
}

static int options_read(const char *text, struct vs_mount *mount, struct vs_error *error)
{
	while (*text) {
		size_t length = strcspn(text, ",");

		if (option_read(text, length, mount) < 0)
			return refuse(error, "mount-options", text);
		text += length;
		text += *text == ',';
	}
	return mount->source || mount->size > 0 ? 0 : refuse(error, "mount-options", "memory of no size");
}

static int mount_read(const char *source, const char *target, const char *options, struct vs_mount *mount,
		      struct vs_error *error)
{
	*mount = (struct vs_mount){ .target = target, .size = SIZE_DEFAULT, .mode = MODE_DEFAULT };
	if (source[0])
		mount->source = source;
	if (mount->source && !vs_text_is_plain_path(source))
		return refuse(error, "mount-source", "not an absolute path free of . and ..");
	if (!vs_text_is_plain_path(target) || target[strspn(target, "/")] == '\0')
		return refuse(error, "mount-target", "not an absolute path free of . and .., or the top");
	return options_read(options, mount, error);
}

static size_t length_of(char *const *list)
{
	size_t length = 0;

	while (list[length])
		length++;
	return length;
}

int vs_mounts_read(const struct vs_request *request, struct vs_mounts *ret_mounts, struct vs_error *error)
{
	cleanup_free char **sources = NULL;
	cleanup_free char **targets = NULL;
	cleanup_free char **options = NULL;
	cleanup_free struct vs_mount *items = NULL;
	size_t count;
	int r = vs_request_list(request, "mount-source", &sources, error);

	if (r >= 0)
		r = vs_request_list(request, "mount-target", &targets, error);
	if (r >= 0)
		r = vs_request_list(request, "mount-options", &options, error);
	if (r < 0)
		return r;
	count = length_of(sources);
	if (count != length_of(targets) || count != length_of(options))
		return refuse(error, "mount-source", "not as many as mount-target and mount-options");
	if (count > VS_MOUNTS_MAX)
		return refuse(error, "mount-source", "more than 64");
	items = calloc(count + 1, sizeof(*items));
	if (!items)
		return vs_fail(error, "Internal", ENOMEM, "calloc", "mounts");
	for (size_t i = 0; r >= 0 && i < count; i++)
		r = mount_read(sources[i], targets[i], options[i], &items[i], error);
	if (r < 0)
		return r;
	*ret_mounts = (struct vs_mounts){ .items = items, .count = count };
	items = NULL;
	return 0;
}

void vs_mounts_free(struct vs_mounts *mounts)
{
	vs_free(&mounts->items);
	mounts->count = 0;
}
