#include "check.h"

#include "cleanup.h"
#include "mounts.h"
#include "requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct vs_key keys[] = {
	{ "mount-source", VS_LIST }, { "mount-target", VS_LIST }, { "mount-options", VS_LIST }, { NULL, VS_OPTIONAL },
};

static int parse(const char *text, size_t length, struct vs_request *request, struct vs_mounts *mounts)
{
	struct vs_error error = { .id = "" };

	if (parse_request(text, length, keys, request, &error) < 0)
		abort();
	return vs_mounts_read(request, mounts, &error);
}

static int one(const char *source, const char *target, const char *options, struct vs_mount *ret_mount)
{
	struct vs_request request;
	struct vs_mounts mounts = { NULL, 0 };
	char text[512];
	int length = snprintf(text, sizeof(text), "mount-source=%s%cmount-target=%s%cmount-options=%s", source, 0, target, 0, options);
	int r = parse(text, (size_t)length + 1, &request, &mounts);

	if (r >= 0)
		*ret_mount = mounts.items[0];
	vs_mounts_free(&mounts);
	vs_request_free(&request);
	return r;
}

static void test_good_mounts(void)
{
	struct vs_mount mount;

	CHECK(one("/srv/www", "/var/www", "", &mount) == 0 && !mount.is_read_only && !mount.is_unmapped && !mount.is_not_executed);
	CHECK(one("/srv", "/mnt", "ro,noexec,noidmap", &mount) == 0 && mount.is_read_only && mount.is_unmapped && mount.is_not_executed);
	CHECK(one("", "/mnt", "", &mount) == 0 && !mount.source && mount.size == 64 << 20 && mount.mode == 01777);
	CHECK(one("", "/mnt", "size=4096,mode=750,ro", &mount) == 0 && mount.size == 4096 && mount.mode == 0750 && mount.is_read_only);
}

static void test_bad_mounts(void)
{
	struct vs_mount mount;

	CHECK(one("srv", "/mnt", "", &mount) < 0);
	CHECK(one("/srv/../etc", "/mnt", "", &mount) < 0);
	CHECK(one("/srv", "mnt", "", &mount) < 0);
	CHECK(one("/srv", "/", "", &mount) < 0);
	CHECK(one("/srv", "//", "", &mount) < 0);
	CHECK(one("/srv", "/mnt/./x", "", &mount) < 0);
	CHECK(one("/srv", "/mnt", "rw", &mount) < 0);
	CHECK(one("/srv", "/mnt", "ro,", &mount) == 0);
	CHECK(one("/srv", "/mnt", ",ro", &mount) < 0);
	CHECK(one("/srv", "/mnt", "size=1", &mount) < 0);
	CHECK(one("", "/mnt", "noidmap", &mount) < 0);
	CHECK(one("", "/mnt", "size=0", &mount) < 0);
	CHECK(one("", "/mnt", "size=-1", &mount) < 0);
	CHECK(one("", "/mnt", "size=99999999999999999999999", &mount) < 0);
	CHECK(one("", "/mnt", "mode=8", &mount) < 0);
	CHECK(one("", "/mnt", "mode=77777", &mount) < 0);
}

static void test_lists_of_unequal_length(void)
{
	static const char missing[] = "mount-source=/srv\0mount-target=/mnt\0mount-source=/etc\0mount-options=\0mount-options=\0";
	struct vs_request request;
	struct vs_mounts mounts = { NULL, 0 };

	CHECK(parse(missing, sizeof(missing) - 1, &request, &mounts) < 0 && mounts.count == 0);
	vs_request_free(&request);
}

static void test_too_many(void)
{
	static const char mount[] = "mount-source=/srv\0mount-target=/mnt\0mount-options=";
	struct vs_request request;
	struct vs_mounts mounts = { NULL, 0 };
	char text[sizeof(mount) * (VS_MOUNTS_MAX + 1)];

	for (size_t i = 0; i <= VS_MOUNTS_MAX; i++)
		memcpy(text + i * sizeof(mount), mount, sizeof(mount));
	CHECK(parse(text, sizeof(text) - sizeof(mount), &request, &mounts) == 0 && mounts.count == VS_MOUNTS_MAX);
	vs_mounts_free(&mounts);
	vs_request_free(&request);
	CHECK(parse(text, sizeof(text), &request, &mounts) < 0);
	vs_request_free(&request);
}

int main(void)
{
	test_good_mounts();
	test_bad_mounts();
	test_lists_of_unequal_length();
	test_too_many();
	CHECK_END();
}
