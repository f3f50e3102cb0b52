/* The kernel's own files: what tells of the host, and what changes it. */
#include "attempts.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool reads(const char *path)
{
	char byte;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool done = fd >= 0 && read(fd, &byte, 1) == 1;

	if (fd >= 0)
		close(fd);
	return done;
}

static bool lists(const char *path)
{
	struct dirent *entry;
	DIR *folder = opendir(path);
	bool done = false;

	while (folder && !done && (entry = readdir(folder)))
		done = entry->d_name[0] != '.';
	if (folder)
		closedir(folder);
	return done;
}

/* Never opened: only whether it is the real one and ours to write. */
static bool is_writable_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, W_OK) == 0;
}

#define READ(name, path)                                 \
	static bool try_##name(void)                     \
	{                                                \
		return reads(path);                      \
	}
#define LIST(name, path)                                 \
	static bool try_##name(void)                     \
	{                                                \
		return lists(path);                      \
	}
#define WRITE_BACK(name, path)                           \
	static bool try_##name(void)                     \
	{                                                \
		return attempt_writes_back(path);        \
	}
#define WRITABLE(name, path)                             \
	static bool try_##name(void)                     \
	{                                                \
		return is_writable_file(path);           \
	}

READ(proc_kcore, "/proc/kcore")
READ(proc_keys, "/proc/keys")
READ(proc_kallsyms, "/proc/kallsyms")
READ(proc_latency_stats, "/proc/latency_stats")
READ(proc_timer_list, "/proc/timer_list")
READ(proc_sched_debug, "/proc/sched_debug")
READ(proc_kmsg, "/proc/kmsg")
READ(proc_page_flags, "/proc/kpageflags")
READ(proc_page_counts, "/proc/kpagecount")
READ(proc_vmallocinfo, "/proc/vmallocinfo")
LIST(proc_acpi, "/proc/acpi")
LIST(proc_asound, "/proc/asound")
LIST(proc_scsi, "/proc/scsi")
LIST(sys_firmware, "/sys/firmware")
LIST(sys_powercap, "/sys/devices/virtual/powercap")
LIST(sys_debug, "/sys/kernel/debug")
LIST(sys_tracing, "/sys/kernel/tracing")
LIST(sys_security, "/sys/kernel/security")
WRITABLE(proc_sysrq_trigger, "/proc/sysrq-trigger")
WRITABLE(proc_dynamic_debug, "/proc/dynamic_debug/control")
WRITABLE(proc_bus, "/proc/bus/pci/00/00.0")
WRITABLE(sys_power, "/sys/power/state")
WRITABLE(sys_crash_memory, "/sys/kernel/kexec_crash_size")
WRITE_BACK(core_pattern, "/proc/sys/kernel/core_pattern")
WRITE_BACK(modprobe_path, "/proc/sys/kernel/modprobe")
WRITE_BACK(sysctl_kernel, "/proc/sys/kernel/panic")
WRITE_BACK(sysctl_vm, "/proc/sys/vm/swappiness")
WRITE_BACK(sysctl_fs, "/proc/sys/fs/file-max")
WRITE_BACK(sysctl_hostname, "/proc/sys/kernel/hostname")
WRITE_BACK(proc_irq, "/proc/irq/default_smp_affinity")
WRITE_BACK(sys_uevent_helper, "/sys/kernel/uevent_helper")
WRITE_BACK(sys_ksm, "/sys/kernel/mm/ksm/run")

/* Named "fs" in proc: what file systems have put there. */
static bool try_proc_fs(void)
{
	struct dirent *entry;
	DIR *folder = opendir("/proc/fs");
	bool done = false;

	while (folder && !done && (entry = readdir(folder)))
		done = entry->d_name[0] != '.' && faccessat(dirfd(folder), entry->d_name, W_OK, 0) == 0;
	if (folder)
		closedir(folder);
	return done;
}

/* Opened only: written to, it would become root of the host at the next empty cgroup. */
static bool try_release_agent(void)
{
	struct dirent *entry;
	DIR *folder = opendir("/sys/fs/cgroup");
	char path[600];
	bool done = attempt_opens("/sys/fs/cgroup/release_agent", O_WRONLY);

	while (folder && !done && (entry = readdir(folder))) {
		snprintf(path, sizeof(path), "/sys/fs/cgroup/%s/release_agent", entry->d_name);
		done = attempt_opens(path, O_WRONLY);
	}
	if (folder)
		closedir(folder);
	return done;
}

/* Into the top of what is seen: out of the limits of where we are. */
static bool try_cgroup_move(void)
{
	return attempt_opens("/sys/fs/cgroup/cgroup.procs", O_WRONLY) ||
	       attempt_opens("/sys/fs/cgroup/unified/cgroup.procs", O_WRONLY) ||
	       attempt_opens("/sys/fs/cgroup/memory/cgroup.procs", O_WRONLY) ||
	       attempt_opens("/sys/fs/cgroup/pids/cgroup.procs", O_WRONLY);
}

const struct attempt attempts_kernel[] = {
	ATTEMPT(proc_kcore),	     ATTEMPT(proc_keys),	 ATTEMPT(proc_kallsyms),   ATTEMPT(proc_latency_stats),
	ATTEMPT(proc_timer_list),    ATTEMPT(proc_sched_debug),	 ATTEMPT(proc_kmsg),	   ATTEMPT(proc_page_flags),
	ATTEMPT(proc_page_counts),   ATTEMPT(proc_vmallocinfo),	 ATTEMPT(proc_acpi),	   ATTEMPT(proc_asound),
	ATTEMPT(proc_scsi),	     ATTEMPT(proc_sysrq_trigger), ATTEMPT(proc_dynamic_debug), ATTEMPT(proc_bus),
	ATTEMPT(proc_fs),	     ATTEMPT(proc_irq),		 ATTEMPT(core_pattern),	   ATTEMPT(modprobe_path),
	ATTEMPT(sysctl_kernel),	     ATTEMPT(sysctl_vm),	 ATTEMPT(sysctl_fs),	   ATTEMPT(sysctl_hostname),
	ATTEMPT(sys_firmware),	     ATTEMPT(sys_powercap),	 ATTEMPT(sys_debug),	   ATTEMPT(sys_tracing),
	ATTEMPT(sys_security),	     ATTEMPT(sys_power),	 ATTEMPT(sys_crash_memory),  ATTEMPT(sys_uevent_helper),
	ATTEMPT(sys_ksm),	     ATTEMPT(release_agent),	 ATTEMPT(cgroup_move),	   ATTEMPTS_END,
};
