BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore

    # The engine that runs this, bound into a guest, with the runtime it needs.
    $runtime = Split-Path ([object].Assembly.Location)
    $isWhole = $runtime -eq $PSHOME
    $tree = "$store/.tree"
    New-TestTree $tree
    $natives = @(Get-ChildItem "$PSHOME/*.so", "$runtime/*.so").FullName
    $program = if ($isWhole) { "$PSHOME/pwsh" } else { (Resolve-Path "$runtime/../../../dotnet").Path }
    Add-TestLibrary $tree (@($program) + $natives)
    $start = if ($isWhole) { 'exec /opt/engine/pwsh' } else { 'exec /opt/runtime/dotnet /opt/engine/pwsh.dll' }
    Set-Content "$tree/bin/pwsh" "#!/bin/sh`nexport DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 POWERSHELL_TELEMETRY_OPTOUT=1 DOTNET_ROOT=/opt/runtime`n$start `"`$@`""
    chmod 755 "$tree/bin/pwsh"
    $mounts = @{ Source = realpath $PSHOME; Target = '/opt/engine'; ReadOnly = $true }, @{ Source = realpath (Split-Path $program); Target = '/opt/runtime'; ReadOnly = $true }
    $null = New-VServer one -Path $tree -Mount $mounts
    Start-VServer one
}

AfterAll { Remove-TestStore $store }

Describe 'Invoke-VServerCommand in a guest that has pwsh' {
    It 'Script_RunsInTheGuestsPwsh' {
        $answer = Invoke-VServerCommand one { "$PSHOME on $([Environment]::MachineName) as $(id -u)"; $PSVersionTable.PSVersion.Major }
        $answer | Should -Be '/opt/engine on one as 0', "$($PSVersionTable.PSVersion.Major)"
    }

    It 'ScriptArgument_BindsToItsParameters' {
        Invoke-VServerCommand one { param($First, [int]$Second) "<$First> $($Second + 1)" } -ScriptArgument 'two  "words" $HOME', 41 | Should -Be '<two  "words" $HOME> 42'
        Invoke-VServerCommand one { "$($args.Count) $($args[1])" } -ScriptArgument a, b | Should -Be '2 b'
    }

    It 'ExitCode_IsThePwshs' {
        Invoke-VServerCommand one { exit 77 }
        $LASTEXITCODE | Should -Be 77
        Invoke-VServerCommand one { throw 'bad' } 2>$null
        $LASTEXITCODE | Should -Be 1
    }

    It 'Pipeline_IsItsInput' {
        'b', 'a' | Invoke-VServerCommand one { $input | Sort-Object } | Should -Be 'a', 'b'
    }

    It 'Errors_AreOnStderr' {
        $result = Invoke-VServerCommand one { Write-Output fine; [Console]::Error.WriteLine('broken') } -AsResult
        $result.Stdout | Should -Be "fine`n"
        $result.Stderr | Should -Be "broken`n"
    }

    It 'UserWithoutIt_StillGetsSh' {
        Invoke-VServerCommand one { echo "$0 $PSHOME" } -Environment @{ PATH = '/nowhere' } | Should -Be 'sh '
    }
}
