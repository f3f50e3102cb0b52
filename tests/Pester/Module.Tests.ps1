BeforeAll {
    . $PSScriptRoot/common.ps1
    $engine = Get-EnginePath
}

Describe 'The module' {
    It 'Manifest_IsValid' {
        (Test-ModuleManifest $Module).Name | Should -Be 'VServer'
    }

    It 'ByName_IsImported' {
        $path = $env:PSModulePath
        $env:PSModulePath = "$Root/out:$path"
        try {
            & $engine -NoProfile -Command '(Import-Module VServer -PassThru).ExportedCmdlets.Count' | Should -BeGreaterThan 10
        }
        finally {
            $env:PSModulePath = $path
        }
    }

    It 'InstalledWithoutModes_StillFindsItsHelper' {
        Copy-Item (Split-Path $Module) "$TestDrive/VServer" -Recurse
        chmod 644 "$TestDrive/VServer/native/vserver-helper"
        [int](& $engine -NoProfile -Command "Import-Module '$TestDrive/VServer/VServer.psd1'; (Test-VServerHost -Store /var/tmp).Count") | Should -BeGreaterThan 5
    }

    It 'Import_IsQuick' {
        # The best of some, since the machine may be busy, each in an engine of its own that has been used a little.
        $best = [int]::MaxValue
        for ($try = 0; $try -lt 15 -and $best -ge 200; $try++) {
            $best = [Math]::Min($best, [int](& $engine -NoProfile -Command "`$null = Get-ChildItem / | Sort-Object Name | Out-String; `$clock = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$Module'; `$clock.ElapsedMilliseconds"))
        }
        $best | Should -BeLessThan 200
    }

    It 'Commands_HaveApprovedVerbs' {
        $verbs = (Get-Verb).Verb
        (Get-Command -Module VServer -CommandType Cmdlet).Verb | ForEach-Object { $verbs | Should -Contain $_ }
    }

    It 'Help of <_> has examples' -ForEach (Get-ChildItem "$PSScriptRoot/../../docs/help/en-US/*-*.md").BaseName {
        $help = Get-Help $_
        $help.Synopsis | Should -Not -BeLike "*$_*"
        $help.Examples.Example.Count | Should -BeGreaterThan 1
        (Get-Help $_ -Parameter Store).Description.Text | Should -Match '/vservers'
    }

    It 'AboutTopic_IsFound' {
        Get-Help about_VServer | Out-String | Should -Match 'Virtual servers on one Linux kernel'
    }

    It 'Examples_AreShown' {
        Get-Help Invoke-VServerUnify -Examples | Out-String | Should -Match 'Invoke-VServerUnify web1 -Undo'
    }

    It 'Commands_AllTakeStore' {
        Get-Command -Module VServer -CommandType Cmdlet | ForEach-Object { $_.Parameters.Keys | Should -Contain 'Store' }
    }
}
