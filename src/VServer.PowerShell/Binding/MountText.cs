using VServer.Hosting;

namespace VServer.Binding;

/// <summary>Reads mounts that are written as one text.</summary>
internal static class MountText
{
    /// <summary>How a mount is written.</summary>
    public const string Advice =
        "Write it as @{ Source = '/srv/www'; Target = '/var/www'; ReadOnly = $true }, as '/srv/www:/var/www:ro', or as 'tmpfs:/scratch:size=64m,mode=1777'.";

    /// <summary>Reads <c>SOURCE:TARGET[:OPTIONS]</c>; a source <c>tmpfs</c> is memory.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.MountInvalid"/>.</exception>
    public static GuestMount Read(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0)
        {
            throw MountArgument.Refuse(text, $"it is not SOURCE:TARGET or SOURCE:TARGET:OPTIONS; paths with a colon need a table. {Advice}");
        }

        bool isMemory = parts[0] == "tmpfs";
        GuestMount mount = new() { Type = isMemory ? MountType.Tmpfs : MountType.Bind, Source = isMemory ? null : parts[0], Target = parts[1] };
        string[] options = parts.Length == 3 ? parts[2].Split(',') : [];
        return options.Aggregate(mount, (so, option) => Add(so, option, text));
    }

    /// <summary>Reads a number of bytes.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.MountInvalid"/>.</exception>
    public static long ReadSize(string size, string text) =>
        ByteSize.TryParse(size) ?? throw MountArgument.Refuse(text, $"'{size}' is no number of bytes. Write it like 64m or 64MB.");

    private static GuestMount Add(GuestMount mount, string option, string text) => option.Split('=', 2) switch
    {
        ["ro"] => mount with { ReadOnly = true },
        ["rw"] => mount with { ReadOnly = false },
        ["noexec"] => mount with { NoExec = true },
        ["noidmap"] => mount with { NoIdMap = true },
        ["size", string size] => mount with { Size = ReadSize(size, text) },
        ["mode", string mode] => mount with { Mode = mode },
        _ => throw MountArgument.Refuse(text, $"it has no option '{option}'. There are ro, rw, noexec, noidmap, and of tmpfs size= and mode=."),
    };
}
