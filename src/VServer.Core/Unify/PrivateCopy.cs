using VServer.Ports;

namespace VServer.Unify;

/// <summary>A private copy waiting in the staging folder to be put in place.</summary>
/// <param name="Inode">What it is a copy of.</param>
/// <param name="Staged">Its name in its batch's staging folder.</param>
/// <param name="Before">What the kernel said of the original when it was copied.</param>
internal sealed record PrivateCopy(SharedInode Inode, UnixPath Staged, FileFacts Before);
