using VServer.Errors;

namespace VServer.Ports;

/// <summary>
/// The host's <c>rpm</c>, which knows the forms that its databases have. The database is a stranger's: it is read where what breaks its
/// reader reaches nothing, from copies, with the host's own configuration, and within limits of time, memory and output.
/// </summary>
public interface IRpmProgram
{
    /// <summary>Asks for all packages; the answer is bytes that the database's owner has chosen.</summary>
    /// <exception cref="VServerException">
    /// <see cref="ErrorIds.HostUnsupported"/>: the host has no rpm. <see cref="ErrorIds.PackageDatabaseInvalid"/>: it could not read the database.
    /// </exception>
    ReadOnlyMemory<byte> Query(RpmQuestion question);
}
