/* Asks for a reboot, halt or power-off as the programs of those names do. Run only in a guest: outside it refuses. */
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct stat status;
	int call = 0;

	/* Every guest has it, and no host. */
	if (argc != 2 || stat("/guest-of-a-test", &status) < 0)
		return 2;
	if (strcmp(argv[1], "reboot") == 0)
		call = (int)RB_AUTOBOOT;
	else if (strcmp(argv[1], "halt") == 0)
		call = (int)RB_HALT_SYSTEM;
	else if (strcmp(argv[1], "poweroff") == 0)
		call = (int)RB_POWER_OFF;
	else
		return 2;
	if (reboot(call) < 0)
		return 1;
	/* The kernel ends us with our process 1. */
	for (;;)
		pause();
}
