using System.Text;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>An rpm that says what a test wants, and remembers what it was asked.</summary>
internal sealed class ScriptedRpm(string packages = "", string files = "") : IRpmProgram
{
    public List<RpmQuestion> Asked { get; } = [];

    public ReadOnlyMemory<byte> Query(RpmQuestion question)
    {
        Asked.Add(question);
        return Encoding.Latin1.GetBytes(question.Format == RpmFormat.Packages ? packages : files);
    }
}
