using System.Runtime.InteropServices;

namespace VServer.Linux.Tests.Trees;

/// <summary>Does something with the file rights of an ordinary user: the file-system user id is each thread's own.</summary>
internal static partial class OtherUser
{
    private const int SomeUser = 54321;

    public static T Run<T>(Func<T> action)
    {
        T result = default!; // Set, or the thread's failure is thrown.
        Exception? failure = null;
        Thread thread = new(() =>
        {
            _ = SetFileUser(SomeUser);
            failure = Xunit.Record.Exception(() => { result = action(); });
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw failure;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(int user);
}
