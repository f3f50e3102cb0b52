#include "confine.h"

#include "kernel.h"
#include "seccomp.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BIT(capability) (UINT64_C(1) << (capability))

/* The old vservers' ceiling, docs/design/protocol.md. */
static const uint64_t ceiling = BIT(CAP_CHOWN) | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER) | BIT(CAP_FSETID) |
				BIT(CAP_KILL) | BIT(CAP_SETGID) | BIT(CAP_SETUID) | BIT(CAP_SETPCAP) |
				BIT(CAP_NET_BIND_SERVICE) | BIT(CAP_SYS_CHROOT) | BIT(CAP_AUDIT_WRITE) |
				BIT(CAP_SETFCAP) | BIT(CAP_SYS_BOOT);
static const uint64_t network_ceilings[] = {
	[VS_NETWORK_NOTHING] = 0,
	[VS_NETWORK_PACKETS] = BIT(CAP_NET_RAW),
	[VS_NETWORK_ALL] = BIT(CAP_NET_RAW) | BIT(CAP_NET_ADMIN),
};

static int bounding_lower(uint64_t allowed)
{
	/* The kernel's last capability is found by its refusal: it may be newer than our headers. */
	for (int capability = 0; capability < 64; capability++) {
		if (allowed & BIT(capability) || prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0)
			continue;
		/* No kernel with close_range, which we need, lacks this one: refused earlier, it is not the kernel that refuses. */
		return errno == EINVAL && capability > CAP_CHECKPOINT_RESTORE ? 0 : -errno;
	}
	return 0;
}

static int sets_lower(uint64_t allowed)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data) < 0)
		return -errno;
	for (int i = 0; i < 2; i++) {
		data[i].permitted &= (uint32_t)(allowed >> (32 * i));
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

int vs_confine_keys(struct vs_error *error)
{
	int r = vs_keyring_leave();

	/* A kernel without keys has none to keep from the guest. */
	return r < 0 && r != -ENOSYS ? vs_fail(error, "KeyringFailed", r, "keyctl", "") : 0;
}

enum vs_network_power vs_confine_network(bool own, bool privileged, bool linked)
{
	if (!own)
		return VS_NETWORK_NOTHING;
	return privileged && linked ? VS_NETWORK_PACKETS : VS_NETWORK_ALL;
}

int vs_confine(enum vs_network_power network, bool may_reboot, struct vs_error *error)
{
	uint64_t allowed = ceiling | network_ceilings[network];
	int r;

	if (!may_reboot)
		allowed &= ~BIT(CAP_SYS_BOOT);
	/* First, while we have the capability for it. */
	r = vs_seccomp_enter(error);
	if (r < 0)
		return r;
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return vs_fail(error, "CapabilityFailed", errno, "prctl", "PR_CAP_AMBIENT_CLEAR_ALL");
	r = bounding_lower(allowed);
	if (r < 0)
		return vs_fail(error, "CapabilityFailed", r, "prctl", "PR_CAPBSET_DROP");
	r = sets_lower(allowed);
	return r < 0 ? vs_fail(error, "CapabilityFailed", r, "capset", "") : 0;
}
