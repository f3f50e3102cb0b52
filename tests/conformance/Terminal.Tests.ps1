# A terminal is made by tmux; where that is missing, these are skipped.
BeforeDiscovery {
    $script:noTmux = -not (Get-Command tmux -CommandType Application -ErrorAction SilentlyContinue)
}

Describe 'On a terminal (skipped where tmux is missing)' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $script:count = 0

        # Starts the engine in a terminal of 100 by 30, for a script or for the user.
        function Start-Terminal {
            param([string] $Script)
            # A server of its own each time: one that is about to end would take the session with it.
            $script:socket = "conformance-$PID-$(($script:count++))"
            $arguments = ''
            if ($Script) {
                $file = Join-Path $TestDrive 'terminal.ps1'
                Set-Content $file $Script
                $arguments = "-File '$file'"
            }

            tmux -L $script:socket -f /dev/null new-session -d -x 100 -y 30 "'$script:EnginePath' -NoProfile $arguments; echo ended with `$?; cat"
        }

        function Send-Key { tmux -L $script:socket send-keys @args }

        # Waits for a line and returns the whole screen.
        function Wait-Screen {
            param([string] $Pattern)
            $deadline = [datetime]::UtcNow.AddSeconds(30)
            do {
                $screen = (tmux -L $script:socket capture-pane -p) -join "`n"
                if ($screen -match $Pattern) { return $screen }
                Start-Sleep -Milliseconds 100
            } while ([datetime]::UtcNow -lt $deadline)
            throw "The terminal never showed '$Pattern' but:`n$screen"
        }
    }

    AfterEach {
        tmux -L $script:socket kill-server 2>$null
    }

    It 'reads, evaluates, prints and ends with an exit code' -Skip:$noTmux {
        Start-Terminal
        Wait-Screen '(?m)^PS .*>' | Should -Not -BeNullOrEmpty
        Send-Key '"sum " + (20 + 3)' Enter
        Wait-Screen '(?m)^sum 23' | Should -Not -BeNullOrEmpty
        Send-Key 'exit 4' Enter
        Wait-Screen 'ended with 4' | Should -Not -BeNullOrEmpty
    }

    It 'stops a running pipeline on Ctrl+C and goes on' -Skip:$noTmux {
        Start-Terminal
        Wait-Screen '(?m)^PS .*>' | Out-Null
        Send-Key '"begun"; while ($true) { Start-Sleep -Milliseconds 50 }' Enter
        Wait-Screen '(?m)^begun' | Out-Null
        Send-Key C-c
        Send-Key '"still " + "here"' Enter
        Wait-Screen '(?m)^still here' | Should -Not -BeNullOrEmpty
    }

    It 'gives its terminal to a child, which reads what is typed' -Skip:$noTmux {
        Start-Terminal 'sh -c "test -t 0 && test -t 1 && test -t 2 && echo child asks && read line && echo child got `$line"'
        Wait-Screen 'child asks' | Out-Null
        Send-Key 'typed' Enter
        Wait-Screen 'child got typed' | Should -Not -BeNullOrEmpty
        Wait-Screen 'ended with 0' | Should -Not -BeNullOrEmpty
    }

    It 'shows progress, and takes it away' -Skip:$noTmux {
        Start-Terminal 'Write-Progress -Activity Copying -Status half -PercentComplete 50; $null = [Console]::ReadLine(); Write-Progress -Activity Copying -Completed'
        Wait-Screen 'Copying' | Should -Not -BeNullOrEmpty
        Send-Key Enter
        Wait-Screen 'ended with 0' | Should -Not -Match 'Copying'
    }

    It 'hides what is typed for a secret' -Skip:$noTmux {
        Start-Terminal '$s = Read-Host Secret -AsSecureString; $s.Length'
        Wait-Screen 'Secret:' | Out-Null
        Send-Key 'abc' Enter
        $screen = Wait-Screen '(?m)^3$'
        $screen | Should -Not -Match 'abc'
    }

    It 'knows the size of the window' -Skip:$noTmux {
        Start-Terminal '[string]$Host.UI.RawUI.WindowSize'
        Wait-Screen '100,30' | Should -Not -BeNullOrEmpty
    }
}
