using VServer.Crash;

// STORE HELPER, then one piece of work a line of standard input; the tracer reads a line of its own before each.
using OrderReader orders = new();
while (orders.Next() is { } order)
{
    Console.Out.WriteLine(Work.Try(args[0], args[1], order));
    Console.Out.Flush();
}
