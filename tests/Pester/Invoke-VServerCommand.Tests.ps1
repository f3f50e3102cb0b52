BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest one
    $null = New-TestGuest two
    $null = New-TestGuest idle
    Start-VServer one, two

    # By numbers of seconds by which nobody else sleeps.
    function Get-Sleeper { param([string]$Seconds) @(Get-Process sleep -ErrorAction Ignore | Where-Object CommandLine -Match "^sleep $Seconds\s*$") }
}

AfterAll { Remove-TestStore $store }

Describe 'Invoke-VServerCommand' {
    It 'Script_RunsInTheGuestsShell' {
        Invoke-VServerCommand one { hostname; echo "my pid is $$ and HOME is $HOME" } | Should -Match '^one$|^my pid is \d+ and HOME is /root$'
    }

    It 'Program_GetsItsArgumentsUnchanged' {
        Invoke-VServerCommand one -ArgumentList sh, -c, 'for a; do echo "<$a>"; done', x, 'two words', '', '$HOME "q"' | Should -Be '<two words>', '<>', '<$HOME "q">'
    }

    It 'Exit code <code>_IsExact' -ForEach @(@{ code = 0 }, @{ code = 1 }, @{ code = 42 }, @{ code = 255 }) {
        Invoke-VServerCommand one -ArgumentList sh, -c, "exit $code"
        $LASTEXITCODE | Should -Be $code
    }

    It 'Failure_IsNoError' {
        Invoke-VServerCommand one -ArgumentList false -ErrorVariable failure
        $failure | Should -BeNullOrEmpty
    }

    It 'Signal_Is128AndTheSignal' {
        $result = Invoke-VServerCommand one { kill -KILL $$ } -AsResult
        $result.ExitCode | Should -Be 137
        $result.Signal | Should -Be 9
    }

    It 'Stderr_IsTheErrorStream' {
        $output = Invoke-VServerCommand one -ArgumentList sh, -c, 'echo out; echo err >&2' -ErrorVariable failure 2>$null
        $output | Should -Be 'out'
        $failure.Exception.Message | Should -Be 'err'
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestErrorOutput,VServer.Commands.InvokeVServerCommandCommand'
    }

    It 'Stderr_UnderPreferenceStop_IsNoFailure' {
        $ErrorActionPreference = 'Stop'
        Invoke-VServerCommand one -ArgumentList sh, -c, 'echo err >&2; echo out' | Should -Be 'out'
    }

    It 'Stderr_UnderErrorActionStop_Stops' {
        { Invoke-VServerCommand one -ArgumentList sh, -c, 'echo err >&2' -ErrorAction Stop } | Should -Throw -ErrorId 'GuestErrorOutput,*'
    }

    It 'Lines_ComeAsTheyAreWritten' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Invoke-VServerCommand one { echo first; sleep 30; echo second } | Select-Object -First 1 | Should -Be 'first'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'Text_IsUtf8' {
        Invoke-VServerCommand one { echo 'grüße €' } | Should -Be 'grüße €'
    }

    It 'PipelineText_IsStdin' {
        'a', 'b' | Invoke-VServerCommand one { cat } | Should -Be 'a', 'b'
    }

    It 'PipelineBytes_OfManyMegabytes_AreUnchanged' {
        $bytes = [byte[]]::new(20MB + 1)
        [Random]::new(7).NextBytes($bytes)
        $digest = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
        , $bytes | Invoke-VServerCommand one { cat > /root/big }
        (Get-FileHash "/proc/$((Get-VServer one).ProcessId)/root/root/big").Hash.ToLowerInvariant() | Should -Be $digest
        $file = "$TestDrive/big"
        Invoke-VServerCommand one -ArgumentList cat, /root/big -AsByteStream -ReadCount 1MB | Set-Content -AsByteStream $file
        (Get-FileHash $file).Hash.ToLowerInvariant() | Should -Be $digest
        $whole = Invoke-VServerCommand one -ArgumentList cat, /root/big -AsByteStream -ReadCount 0
        $whole.GetType() | Should -Be ([byte[]])
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($whole)).ToLowerInvariant() | Should -Be $digest
        Get-Content -AsByteStream -Raw $file | Invoke-VServerCommand one { cat > /root/big }
        (Get-FileHash "/proc/$((Get-VServer one).ProcessId)/root/root/big").Hash.ToLowerInvariant() | Should -Be $digest
    }

    It 'PipelineBytes_AreUnchangedBothWays' {
        $bytes = [byte[]](0..255)
        $back = , $bytes | Invoke-VServerCommand one -ArgumentList cat -AsByteStream
        [Convert]::ToHexString([byte[]]$back) | Should -Be ([Convert]::ToHexString($bytes))
        $back = $bytes | Invoke-VServerCommand one -ArgumentList cat -AsByteStream -ReadCount 100
        ($back | ForEach-Object Length) | Should -Be 100, 100, 56
    }

    It 'Input_ReachesTheProgramWhileThePipelineRuns' {
        $noted = "/proc/$((Get-VServer one).ProcessId)/root/root/noted"
        & {
            'first'
            Wait-Until { Test-Path $noted } -What 'what the program makes of the first line'
            'second'
        } | Invoke-VServerCommand one -ArgumentList sh, -c, 'read a; touch /root/noted; cat' | Should -Be 'second'
    }

    It 'Output_ComesWhileThePipelineRuns' {
        $seen = [Collections.Generic.List[string]]::new()
        & {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            for ($number = 1; $seen.Count -eq 0 -and $clock.Elapsed.TotalSeconds -lt 60; $number++) { "$number"; [Threading.Thread]::Sleep(10) }
            "seen $($seen.Count -gt 0)"
        } | Invoke-VServerCommand one -ArgumentList cat | ForEach-Object { $seen.Add($_) }
        $seen[0] | Should -Be '1'
        $seen[-1] | Should -Be 'seen True'
    }

    It 'FromOneGuestIntoAnother_BytesFlow' {
        Invoke-VServerCommand one -ArgumentList cat, /bin/bash -AsByteStream -ReadCount 64KB | Invoke-VServerCommand two -ArgumentList sh, -c, 'cat > /root/bash'
        (Get-FileHash "/proc/$((Get-VServer two).ProcessId)/root/root/bash").Hash | Should -Be (Get-FileHash "$store/one/bin/bash").Hash
    }

    It 'PipelineThatFails_EndsTheProgram' {
        { & { 'a'; throw 'broken upstream' } | Invoke-VServerCommand one -ArgumentList sh, -c, "exec sleep 7$PID" } | Should -Throw 'broken upstream'
        Get-Sleeper "7$PID" | Should -BeNullOrEmpty
    }

    It 'InputToManyGuests_IsWholeForEach' {
        $results = 1..5000 | Invoke-VServerCommand one, two -ArgumentList sh, -c, 'cat' -AsResult -ThrottleLimit 1
        $results | ForEach-Object { $_.Stdout | Should -Be ((1..5000 -join "`n") + "`n") }
        $results.Guest | Should -Be 'one', 'two'
    }

    It 'NoInput_IsEndOfFile' {
        Invoke-VServerCommand one { cat; echo end } | Should -Be 'end'
    }

    It 'PipedGuests_TakeTheScriptFirst' {
        Get-VServer one, two | Invoke-VServerCommand { hostname } | Sort-Object | Should -Be 'one', 'two'
        'two' | Invoke-VServerCommand -ArgumentList hostname | Should -Be 'two'
    }

    It 'ManyGuests_RunAtOnce' {
        # Each waits for the other one's line in a folder that both have.
        $meeting = mktemp -d /var/tmp/vserver-meeting.XXXXXX
        $null = Copy-VServer idle left, right -Scope Tree
        Set-VServer left, right -Mount "${meeting}:/meeting"
        Start-VServer left, right
        $wait = 'touch /meeting/$(hostname); i=0; while set -- /meeting/*; [ $# -lt 2 ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i+1)); done; echo $#'
        Invoke-VServerCommand left, right -ArgumentList sh, -c, $wait | Should -Be '2', '2'
        Invoke-VServerCommand left, right -ArgumentList sh, -c, 'sleep 0.2; hostname' -ThrottleLimit 1 | Should -Be 'left', 'right'
        Remove-VServer left, right -Force -Confirm:$false
        rm -r $meeting
    }

    It 'ManyGuests_ResultsAreInTheirOrderAndLinesKnowTheirGuest' {
        $results = Invoke-VServerCommand two, one -ArgumentList sh, -c, '[ $(hostname) = one ] || sleep 0.3; hostname' -AsResult
        $results.Guest | Should -Be 'two', 'one'
        $results.Stdout | Should -Be "two`n", "one`n"
        foreach ($line in Get-VServer one, two | Invoke-VServerCommand { hostname }) { $line.Guest | Should -Be $line }
        Invoke-VServerCommand one, two -ArgumentList sh, -c, 'hostname >&2' -ErrorVariable lines 2>$null
        ($lines | ForEach-Object { "$($_.TargetObject) $_" } | Sort-Object) | Should -Be 'one one', 'two two'
    }

    It 'ManyGuests_ExitCodeIsTheFirstThatIsNotZero' {
        Invoke-VServerCommand one, two -ArgumentList sh, -c, '[ $(hostname) = one ] || exit 6'
        $LASTEXITCODE | Should -Be 6
        Invoke-VServerCommand one, two -ArgumentList sh, -c, '[ $(hostname) = two ] && exit 0; exit 5'
        $LASTEXITCODE | Should -Be 5
        Invoke-VServerCommand one, two -ArgumentList true-or-false 2>$null -ErrorAction Ignore
        $LASTEXITCODE | Should -Be 5 -Because 'nothing has run since'
        Invoke-VServerCommand one, two -ArgumentList sh, -c, ':'
        $LASTEXITCODE | Should -Be 0
    }

    It 'ScriptArgument_ReachesTheGuestsSh' {
        Invoke-VServerCommand one { echo "$# <$1> <$2>" } -ScriptArgument 'two words', '$HOME' | Should -Be '2 <two words> <$HOME>'
        'one' | Invoke-VServerCommand { echo "$1" } -ScriptArgument x | Should -Be 'x'
    }

    It 'UsingVariable_IsRefusedPlainly' {
        $here = 'x'
        Invoke-VServerCommand one, two { echo $using:here } -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'CommandFailed,VServer.Commands.InvokeVServerCommandCommand'
        $failure[0].TargetObject | Should -Be '$using:here'
        "$failure" | Should -Match '-ScriptArgument'
    }

    It 'Stopping_EndsTheProgramInside' {
        $caller = [powershell]::Create()
        $null = $caller.AddScript("Import-Module '$Module'; Invoke-VServerCommand one, two -ArgumentList sh, -c, 'echo ready; exec sleep 8$PID' -Store '$store'")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $caller.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        Wait-Until { $output.Count -eq 2 } -What 'the programs'
        Wait-Until { (Get-Sleeper "8$PID").Count -eq 2 } -What 'their sleep'
        $caller.Stop()
        { $caller.EndInvoke($running) } | Should -Throw
        Get-Sleeper "8$PID" | Should -BeNullOrEmpty
        $caller.Dispose()
        Invoke-VServerCommand one { echo usable } | Should -Be 'usable'
    }

    It 'AsResult_HoldsEverything' {
        $result = Invoke-VServerCommand one -ArgumentList sh, -c, 'echo out; echo err >&2; exit 3' -AsResult
        $result.Guest | Should -Be 'one'
        $result.ExitCode | Should -Be 3
        $result.Stdout | Should -Be "out`n"
        $result.Stderr | Should -Be "err`n"
        $result.TimedOut | Should -BeFalse
        $LASTEXITCODE | Should -Be 3
    }

    It 'User_IsLookedUpInside' {
        Invoke-VServerCommand one { id -u; id -g; echo $HOME } -User anna | Should -Be '1000', '1000', '/tmp'
    }

    It 'UnknownUser_IsAnError' {
        { Invoke-VServerCommand one { id } -User nobody-here -ErrorAction Stop } | Should -Throw -ErrorId 'CommandFailed,*'
    }

    It 'WorkingDirectory_IsTaken' {
        Invoke-VServerCommand one -ArgumentList pwd -WorkingDirectory /tmp | Should -Be '/tmp'
    }

    It 'Environment_IsTheGuestsAndWhatIsGiven' {
        $env:VSERVER_TEST_LEAK = 'secret'
        try {
            $lines = Invoke-VServerCommand one -ArgumentList env -Environment @{ COLOUR = 'blue' }
            $lines | Should -Contain 'COLOUR=blue'
            $lines -match 'secret' | Should -BeNullOrEmpty
        }
        finally {
            $env:VSERVER_TEST_LEAK = ''
        }
    }

    It 'Timeout_EndsIt' {
        $result = Invoke-VServerCommand one -ArgumentList sleep, 60 -TimeoutSec 1 -AsResult
        $result.TimedOut | Should -BeTrue
        $result.Elapsed | Should -BeLessThan ([TimeSpan]::FromSeconds(30))
    }

    It 'MissingProgram_IsAnError' {
        { Invoke-VServerCommand one -ArgumentList /no/such/program -ErrorAction Stop } | Should -Throw -ErrorId 'CommandFailed,VServer.Commands.InvokeVServerCommandCommand'
    }

    It 'StoppedGuest_IsAnError' {
        { Invoke-VServerCommand idle { echo no } -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotRunning,VServer.Commands.InvokeVServerCommandCommand'
    }

    It 'UnknownGuest_IsAnErrorForItAlone' {
        Invoke-VServerCommand one, nobody, two -ArgumentList hostname -ErrorVariable failure -ErrorAction SilentlyContinue | Sort-Object | Should -Be 'one', 'two'
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestNotFound,VServer.Commands.InvokeVServerCommandCommand'
    }

    It 'Ephemeral_StartsAndSettles' {
        Invoke-VServerCommand idle { echo made > /root/made; hostname } -Ephemeral | Should -Be 'idle'
        (Get-VServer idle).State | Should -Be 'Stopped'
        Get-Content "$store/idle/root/made" | Should -Be 'made'
    }

    It 'Discard_ForgetsWhatChanged' {
        Invoke-VServerCommand idle { rm -rf /bin /etc; exit 5 } -Discard
        $LASTEXITCODE | Should -Be 5
        Test-Path "$store/idle/etc/passwd" | Should -BeTrue
    }

    It 'WhatIf_RunsNothing' {
        Invoke-VServerCommand one { touch /root/whatif } -WhatIf
        Invoke-VServerCommand one { ls /root } | Should -Not -Contain 'whatif'
    }

    It 'LargeOutput_IsWhole' {
        $lines = Invoke-VServerCommand one -ArgumentList sh, -c, 'i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done'
        $lines.Count | Should -Be 20000
        $lines[19999] | Should -Be 'line 19999'
    }
}
