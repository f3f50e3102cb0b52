namespace VServer.Unify;

/// <summary>Where an undo takes place.</summary>
/// <param name="Guest">The guest.</param>
/// <param name="Tree">Absolute path of its tree.</param>
/// <param name="Staging">Absolute path of the folder where copies are made.</param>
/// <param name="Journal">The run's journal.</param>
/// <param name="SharesExtents">True when copies may share their bytes on disk.</param>
internal sealed record UndoSite(string Guest, string Tree, string Staging, Journal Journal, bool SharesExtents);
