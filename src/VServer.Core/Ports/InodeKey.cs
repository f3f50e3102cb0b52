namespace VServer.Ports;

/// <summary>What tells inodes apart. The device belongs to it: on btrfs each subvolume numbers its own, and a tree may hold several.</summary>
internal readonly record struct InodeKey(ulong Device, ulong Number);
