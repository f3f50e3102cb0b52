using VServer.Errors;

namespace VServer.Linux.Interop;

/// <summary>The one table from errno to kind.</summary>
internal static class ErrnoTable
{
    /// <summary>What sort of failure an error number is.</summary>
    public static ErrorKind GetKind(int errno) => errno switch
    {
        Errno.ENOENT => ErrorKind.NotFound,
        Errno.EEXIST => ErrorKind.AlreadyExists,
        Errno.EINVAL or Errno.ENAMETOOLONG or Errno.E2BIG or Errno.EBADF => ErrorKind.InvalidArgument,
        Errno.ENOTDIR or Errno.EISDIR or Errno.ELOOP or Errno.EOVERFLOW => ErrorKind.InvalidData,
        Errno.EPERM or Errno.EACCES => ErrorKind.PermissionDenied,
        Errno.EBUSY or Errno.EAGAIN or Errno.ETXTBSY => ErrorKind.Busy,
        Errno.EOPNOTSUPP or Errno.ENOSYS or Errno.ENOTTY => ErrorKind.Unsupported,
        Errno.ENOSPC or Errno.EDQUOT => ErrorKind.NoSpace,
        Errno.EROFS => ErrorKind.ReadOnly,
        Errno.EXDEV => ErrorKind.CrossesFileSystem,
        Errno.EMLINK => ErrorKind.TooManyLinks,
        Errno.ESTALE => ErrorKind.Changed,
        Errno.EIO or Errno.ENXIO or Errno.ENODEV or Errno.EUCLEAN => ErrorKind.InputOutput,
        _ => ErrorKind.InvalidOperation,
    };

    /// <summary>What somebody at the terminal can do about it.</summary>
    public static string GetAdvice(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => "Check that it still exists.",
        ErrorKind.AlreadyExists => "Remove or rename what is there, then repeat the command.",
        ErrorKind.InvalidArgument => "Check the name and what this file system allows.",
        ErrorKind.InvalidData => "Look at what lies there: a file, folder or link of another type than expected.",
        ErrorKind.PermissionDenied => "Run as root, and check for an immutable flag (lsattr) or a security module.",
        ErrorKind.Busy => "Stop whoever uses it, then repeat the command.",
        ErrorKind.Unsupported => "This kernel or file system cannot do it; Test-VServerHost tells what it can.",
        ErrorKind.NoSpace => "Free space or inodes or raise the quota, then repeat the command.",
        ErrorKind.ReadOnly => "Mount the file system writable, then repeat the command.",
        ErrorKind.CrossesFileSystem => "Keep both on one file system and mount.",
        ErrorKind.TooManyLinks => "The inode has as many names as its file system allows; another copy of the file is needed.",
        ErrorKind.Changed => "Somebody changed it meanwhile; repeat the command.",
        ErrorKind.InputOutput => "Look at the kernel's log (dmesg) and check the disk.",
        _ => "Repeat the command; if it fails again, look at the kernel's log (dmesg).",
    };
}
