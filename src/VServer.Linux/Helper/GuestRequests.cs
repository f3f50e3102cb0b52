using VServer.Guests;
using VServer.Networks;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>What the helper is asked about guests, in the words of docs/design/protocol.md.</summary>
internal static class GuestRequests
{
    // How long a start script may take.
    private static readonly TimeSpan ScriptPatience = TimeSpan.FromMinutes(5);

    /// <summary>To start a guest.</summary>
    public static HelperRequest Start(StartOrder order)
    {
        GuestConfig config = order.Config;
        return Whole(order.Place, config)
            .Add("init", InitWord(config.Init))
            .Add("console", order.Console)
            .AddAll("arg", StartCommand(config))
            .AddAll("stop-arg", config.Init == InitStyle.SysV ? SysVScript.For(SysVScript.EndLevel) : config.StopCommand)
            .AddAll("env", Pairs(config.Environment))
            .Add("start-timeout-ms", (long)ScriptPatience.TotalMilliseconds)
            .Add("restart", RestartWord(config.Restart))
            .Add("restart-limit", config.RestartLimit)
            .Add("restart-period-ms", config.RestartPeriodSec * 1000L);
    }

    /// <summary>To run a program in a guest.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="alone">True to start the guest for it alone.</param>
    public static HelperRequest Execute(CommandOrder order, bool alone)
    {
        HelperRequest request = (alone ? Ephemeral(order) : Running("exec", order.Place))
            .AddAll("arg", order.Arguments)
            .AddAll("env", Pairs(order.Environment))
            .AddIfGiven("user", order.User)
            .AddIfGiven("cwd", order.WorkingFolder)
            .Add("tty", order.Terminal);
        return AddTimeLimit(request, order.TimeLimit);
    }

    /// <summary>To be told when a guest is in a state.</summary>
    public static HelperRequest Wait(GuestPlace place, GuestState state, TimeSpan? limit) =>
        AddTimeLimit(Running("wait", place).Add("for", WaitWord(state)), limit);

    /// <summary>To fold a guest's changes into its tree, or to drop them.</summary>
    public static HelperRequest Settle(GuestPlace place, bool discard) => AddPlace(new HelperRequest("settle", place.Name), place).Add("discard", discard);

    /// <summary>The beginning of what is asked of a guest that runs.</summary>
    public static HelperRequest Running(string verb, GuestPlace place) => new HelperRequest(verb, place.Name).Add("run", place.Run);

    private static HelperRequest Ephemeral(CommandOrder order) => Whole(order.Place, order.Config)
        .Add("init", order.Config.Init == InitStyle.Plain ? "plain" : "reaper")
        .Add("ephemeral", true)
        .Add("discard", order.Discard);

    private static HelperRequest Whole(GuestPlace place, GuestConfig config) => AddPlace(new HelperRequest("start", place.Name), place)
        .Add("hostname", config.HostName)
        .Add("id-base", config.IdBase)
        .Add("privileged", config.Privileged)
        .Add("reboot", RebootWord(config.Reboot))
        .Add("network", config.Network == NetworkName.Host ? "host" : "none")
        .Add("settle", config.Delta == DeltaPolicy.Settle)
        .AddAll("mount-source", config.Mounts.Select(static mount => mount.Source ?? ""))
        .AddAll("mount-target", config.Mounts.Select(static mount => mount.Target))
        .AddAll("mount-options", config.Mounts.Select(static mount => mount.Options))
        .AddLimits(config);

    private static HelperRequest AddPlace(HelperRequest request, GuestPlace place) => request
        .Add("name", place.Name)
        .Add("tree", place.Tree)
        .Add("upper", place.Upper)
        .Add("work", place.Work)
        .Add("run", place.Run);

    private static IEnumerable<string> Pairs(IReadOnlyDictionary<string, string> environment) =>
        environment.Select(static pair => $"{pair.Key}={pair.Value}");

    private static HelperRequest AddTimeLimit(HelperRequest request, TimeSpan? limit) =>
        limit is TimeSpan time ? request.Add("timeout-ms", Math.Max(1, (long)time.TotalMilliseconds)) : request;

    private static IReadOnlyList<string> StartCommand(GuestConfig config) => config.Init switch
    {
        InitStyle.SysV => SysVScript.For(config.RunLevel),
        InitStyle.Systemd when config.Command.Count == 0 => ["/sbin/init"],
        _ => config.Command,
    };

    private static string InitWord(InitStyle init) => init switch
    {
        InitStyle.Plain => "plain",
        InitStyle.Script or InitStyle.SysV => "script",
        InitStyle.Systemd => "systemd",
        _ => "reaper",
    };

    private static string RestartWord(RestartPolicy policy) => policy switch
    {
        RestartPolicy.OnFailure => "on-failure",
        RestartPolicy.Always => "always",
        _ => "never",
    };

    private static string RebootWord(RebootPolicy policy) => policy switch
    {
        RebootPolicy.Stop => "stop",
        RebootPolicy.Ignore => "ignore",
        _ => "restart",
    };

    private static string WaitWord(GuestState state) => state switch
    {
        GuestState.Stopped => "stopped",
        GuestState.Running => "running",
        GuestState.Suspended => "suspended",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No guest comes to be in this state by itself."),
    };
}
