namespace VServer.Packages;

/// <summary>A package that apk has installed.</summary>
/// <param name="Identity">Its name, version and architecture.</param>
/// <param name="Paragraph">What the database says of it, its files among it.</param>
internal sealed record ApkPackage(InstalledPackage Identity, ReadOnlyMemory<byte> Paragraph);
