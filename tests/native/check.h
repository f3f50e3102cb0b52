/* A test is a program: each CHECK that does not hold is printed, and the program fails at its end. */
#pragma once

#include <stdio.h>

static int check_failures;

#define CHECK(condition)                                                                      \
	do {                                                                                  \
		if (!(condition)) {                                                           \
			printf("%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);  \
			check_failures++;                                                     \
		}                                                                             \
	} while (0)

#define CHECK_END()                                                       \
	do {                                                              \
		printf("%s %s\n", check_failures ? "failed" : "passed", __FILE__); \
		return check_failures != 0;                               \
	} while (0)
