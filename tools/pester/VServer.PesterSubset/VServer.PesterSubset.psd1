@{
    RootModule        = 'VServer.PesterSubset.psm1'
    ModuleVersion     = '1.0.0'
    GUID              = '5b6f0f0c-2f5c-4b43-9a29-6a1f7f0a3d51'
    Author            = 'VServer for PowerShell'
    Description       = 'Runs the subset of Pester that this project''s tests use, where Pester itself cannot be had.'
    PowerShellVersion = '7.4'
    FunctionsToExport = @(
        'Describe', 'It'
        'BeforeDiscovery', 'BeforeAll', 'BeforeEach', 'AfterEach', 'AfterAll'
        'Should', 'Set-ItResult'
        'New-PesterConfiguration', 'Invoke-Pester'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @('Context')
}
