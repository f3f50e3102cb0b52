namespace VServer.Linux.Network;

/// <summary>Orders for nft that several rules need.</summary>
internal static class NftText
{
    /// <summary>Takes a table away, whether it is there or not: nft refuses to delete what is missing.</summary>
    public static string RemoveTable(string family, string table) => $"add table {family} {table}\ndelete table {family} {table}\n";
}
