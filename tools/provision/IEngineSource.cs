namespace VServer.Provision;

/// <summary>One place where an engine may be had.</summary>
public interface IEngineSource
{
    /// <summary>The place, as a message names it.</summary>
    string Name { get; }

    /// <summary>Finds or makes an engine, using the given empty folder for what has to be made.</summary>
    /// <exception cref="EngineUnavailableException">It is not to be had here; the message says why.</exception>
    FoundEngine Find(string workFolder);
}
