using System.Collections;

namespace VServer.Binding;

/// <summary>Environment variables as a user gives them: a hashtable of anything.</summary>
internal static class EnvironmentTable
{
    /// <summary>Names and values as text.</summary>
    public static Dictionary<string, string> ToText(IDictionary given) =>
        given.Cast<DictionaryEntry>().ToDictionary(static entry => $"{entry.Key}", static entry => $"{entry.Value}");
}
