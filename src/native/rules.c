#include "rules.h"

#include "cleanup.h"
#include "netlink.h"

#include <endian.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <sys/socket.h>

/* One table in a batch of its own: a missing one must not keep the other. */
static void table_remove(int fd, uint8_t family, const char *name)
{
	const struct nfgenmsg batch = { .nfgen_family = AF_UNSPEC, .res_id = htobe16(NFNL_SUBSYS_NFTABLES) };
	const struct nfgenmsg head = { .nfgen_family = family };
	struct vs_message messages[3];

	vs_message_begin(&messages[0], NFNL_MSG_BATCH_BEGIN, 0, &batch, sizeof(batch));
	vs_message_begin(&messages[1], (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_DELTABLE, NLM_F_ACK, &head, sizeof(head));
	vs_message_add_text(&messages[1], NFTA_TABLE_NAME, name);
	vs_message_begin(&messages[2], NFNL_MSG_BATCH_END, 0, &batch, sizeof(batch));
	vs_netlink_ask(fd, messages, 3);
}

void vs_rules_remove(const char *name)
{
	cleanup_close int fd = vs_netlink_open(NETLINK_NETFILTER);

	if (fd < 0)
		return;
	table_remove(fd, NFPROTO_BRIDGE, name);
	table_remove(fd, NFPROTO_INET, name);
}
