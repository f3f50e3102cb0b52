@{
    # The one version number of the project: the build reads it from here.
    ModuleVersion        = '0.1.0'
    GUID                 = '6d1f7b0e-3f0e-4c53-9a51-1b7d5f1d8a42'
    Author               = 'VServer for PowerShell'
    Copyright            = '(c) VServer for PowerShell. MIT licence.'
    Description          = 'Virtual servers that share their files: guests on one Linux kernel, made from templates, whose equal files are one inode.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    RootModule           = 'VServer.PowerShell.dll'
    FormatsToProcess     = @('VServer.Format.ps1xml', 'Accounting.Format.ps1xml', 'Changes.Format.ps1xml', 'Log.Format.ps1xml', 'Network.Format.ps1xml')
    TypesToProcess       = @('VServer.Types.ps1xml')
    NestedModules        = @('OldCommands.psm1')
    FunctionsToExport    = @('vbuild', 'vunify')
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Compare-VServer'
        'Copy-VServer'
        'Enter-VServer'
        'Get-VServer'
        'Get-VServerImmutable'
        'Get-VServerLog'
        'Get-VServerNetwork'
        'Get-VServerPackage'
        'Get-VServerTemplate'
        'Invoke-VServerCommand'
        'Invoke-VServerUnify'
        'Measure-VServer'
        'New-VServer'
        'New-VServerNetwork'
        'New-VServerTemplate'
        'Remove-VServer'
        'Remove-VServerNetwork'
        'Remove-VServerTemplate'
        'Rename-VServer'
        'Repair-VServer'
        'Restart-VServer'
        'Resume-VServer'
        'Set-VServer'
        'Set-VServerImmutable'
        'Start-VServer'
        'Stop-VServer'
        'Suspend-VServer'
        'Test-VServer'
        'Test-VServerHost'
        'Wait-VServer'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Linux', 'VServer', 'Container', 'Guest', 'Deduplication', 'PSEdition_Core')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
