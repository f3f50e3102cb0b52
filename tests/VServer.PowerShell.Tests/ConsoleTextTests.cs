using VServer.Hosting;
using Xunit;

namespace VServer.PowerShell.Tests;

public sealed class ConsoleTextTests
{
    [Theory]
    [InlineData("plain\ttext", "plain\ttext")]
    [InlineData("[\u001b[0;32m  OK  \u001b[0m] up", "[\u001b[0;32m  OK  \u001b[0m] up\u001b[0m")]
    [InlineData("\u001b]0;title\u0007", "\\x1b]0;title\\x07")]
    [InlineData("\u001b[2J\u001b[6n", "\\x1b[2J\\x1b[6n")]
    [InlineData("shown\rhidden\b\u009b6n\u007f", "shown\\x0dhidden\\x08\\x9b6n\\x7f")]
    [InlineData("\u001b[31", "\\x1b[31")]
    public void ConsoleText_WhatATerminalActsOn_IsShownInstead(string text, string shown) => Assert.Equal(shown, ConsoleText.Show(text));
}
