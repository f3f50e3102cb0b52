/* A guest's own tables of nftables rules, as nft has made them: by the guest's end nobody may be left to run nft. */
#pragma once

/* Takes away the tables of that name of the families bridge and inet; what is gone, or never was, is no failure. */
void vs_rules_remove(const char *name);
