BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $tree = "$store/.tree"
    New-TestTree $tree
    if (Get-Command perl -ErrorAction Ignore) { Add-TestProgram $tree perl }
    Set-Content "$tree/root/watch" 'trap "stty size" WINCH; echo ready; while :; do sleep 0.2; done'
    Set-Content "$tree/root/ask" 'echo asking$((1 + 1)); read line; echo "got $line"'
    # As full-screen programs do: another screen, no cursor, the mouse.
    Set-Content "$tree/root/full" 'echo $$ > /root/pid; printf "\033[?1049h\033[?25l\033[?1000h"; exec sleep 1000'
    Set-Content "$tree/root/end" 'read pid < /root/pid; kill -9 $pid'
    Set-Content "$tree/root/inject" 'stty -echo; exec perl -e ''foreach (split //, "echo STOLEN\n") { ioctl(STDIN, 0x5412, $_) } print "tried\n"'''
    $null = New-VServer one -Path $tree
    $null = New-TestGuest idle
    Start-VServer one

    # Types into an engine that sits on a terminal of tmux's, and reads what that terminal shows.
    function Start-Terminal {
        param([string]$Command)
        Set-Content "$TestDrive/enter.ps1" "Import-Module '$Module'; `$env:VSERVER_STORE = '$store'; $Command; `"left with `$LASTEXITCODE`"; stty -a | Select-String -Pattern '(-?icanon|-?echo)\b' -AllMatches | ForEach-Object { `$_.Matches.Value }; cat"
        tmux -S $socket -f /dev/null new-session -d -x 90 -y 30 "$(Get-EnginePath) -NoProfile -File '$TestDrive/enter.ps1'"
    }

    function Send-Text { param([string]$Text) tmux -S $socket send-keys -l $Text; tmux -S $socket send-keys Enter }

    function Get-Screen { (tmux -S $socket capture-pane -p) -join "`n" }

    function Get-TerminalState { tmux -S $socket display -p '#{alternate_on} #{cursor_flag} #{mouse_any_flag}' }

    function Wait-Screen {
        param([string]$Pattern)
        Wait-Until { (Get-Screen) -match $Pattern } -What "the text '$Pattern' on the terminal"
    }
}

AfterAll { Remove-TestStore $store }

Describe 'Enter-VServer' {
    # A server of its own for each test: one that is being ended cannot be asked for a new terminal.
    BeforeEach { $socket = "$(mktemp -d)/tmux" }

    AfterEach {
        tmux -S $socket kill-server 2>&1 | Out-Null
        rm -r (Split-Path $socket)
    }

    It 'Shell_RunsOnATerminalOfTheGuests' {
        Start-Terminal 'Enter-VServer one'
        Send-Text 'echo on $(tty) of $(hostname) with $(stty size)'
        Wait-Screen 'on /dev/(pts/\d+|console) of one with 30 90'
        Send-Text 'exit 7'
        Wait-Screen 'left with 7'
    }

    It 'Terminal_IsAsBeforeAfterwards' {
        Start-Terminal 'Enter-VServer one -- sh -c "stty raw -echo; exit 3"'
        Wait-Screen 'left with 3'
        Wait-Screen '(?m)^icanon$'
        Wait-Screen '(?m)^echo$'
    }

    It 'Program_GetsItsArguments' {
        Start-Terminal 'Enter-VServer one -- echo -n "two  words"'
        Wait-Screen 'two  words'
        Wait-Screen 'left with 0'
    }

    It 'User_IsTaken' {
        Start-Terminal 'Enter-VServer one -User anna -- id -u'
        Wait-Screen '(?m)^1000\s*$'
    }

    It 'CtrlC_ReachesTheGuestsProgramAlone' {
        Start-Terminal 'Enter-VServer one'
        Send-Text 'echo asleep$((1 + 1)); sleep 100'
        Wait-Screen 'asleep2'
        tmux -S $socket send-keys C-c
        Send-Text 'echo still $((40 + 2))'
        Wait-Screen 'still 42'
        Send-Text 'exit'
        Wait-Screen 'left with'
    }

    It 'WindowSize_IsPassedOn' {
        Start-Terminal 'Enter-VServer one'
        Send-Text 'echo ready$((1 + 1))'
        Wait-Screen 'ready2'
        tmux -S $socket resize-window -x 100 -y 40
        Wait-Until {
            Send-Text 'stty size'
            (Get-Screen) -match '40 100'
        } -What 'the new size'
    }

    It 'WindowSize_ChangeIsASignalInside' {
        Start-Terminal 'Enter-VServer one -Command sh, /root/watch'
        Wait-Screen 'ready'
        tmux -S $socket resize-window -x 77 -y 33
        Wait-Screen '33 77'
        tmux -S $socket send-keys C-c
        Wait-Screen 'left with'
    }

    It 'CtrlZ_StopsTheGuestsProgramAndFgGoesOn' {
        Start-Terminal 'Enter-VServer one -- bash --norc'
        Send-Text 'sh /root/ask'
        Wait-Screen 'asking2'
        tmux -S $socket send-keys C-z
        Wait-Screen 'Stopped +sh /root/ask'
        Send-Text 'echo jobs $((1 + 2)): $(jobs)'
        Wait-Screen 'jobs 3: .*Stopped'
        Send-Text 'fg'
        Wait-Screen '(?m)^sh /root/ask\s*$'
        Send-Text 'typed'
        Wait-Screen 'got typed'
        Send-Text 'exit 4'
        Wait-Screen 'left with 4'
    }

    It 'GuestIsKilled_TerminalComesBackAndIsUsable' {
        Start-Terminal 'Enter-VServer one -- sh -c "stty raw -echo; echo raw now; exec sleep 1000"'
        Wait-Screen 'raw now'
        # It takes the guest with it.
        Get-Monitor one | Stop-Process -Force
        Wait-Screen 'left with 137'
        Wait-Screen '(?m)^icanon$'
        Wait-Screen '(?m)^echo$'
        Send-Text 'typed after'
        Wait-Screen 'typed after\s+typed after'
        Start-VServer one
    }

    It 'KilledProgram_LeavesNeitherItsScreenNorItsMouse' {
        Start-Terminal "'before'; Enter-VServer one -- sh /root/full"
        Wait-Until { (Get-TerminalState) -eq '1 0 1' } -What 'a program on a screen of its own'
        Invoke-VServerCommand one -ArgumentList sh, /root/end
        Wait-Screen 'left with 137'
        Get-TerminalState | Should -Be '0 1 0'
        Get-Screen | Should -Match 'before'
    }

    It 'InjectedInput_NeverReachesTheCaller' {
        if (-not (Get-Command perl -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'this host has no perl, which makes the system call'
            return
        }
        Start-Terminal 'Enter-VServer one -- sh /root/inject'
        Wait-Screen 'tried'
        Wait-Screen 'left with 0'
        Wait-Screen '(?m)^echo$'
        Send-Text 'my own line'
        Wait-Screen 'my own line\s+my own line'
        Get-Screen | Should -Not -Match 'STOLEN'
    }

    It 'Stopped_IsEnteredForThatAlone' {
        Start-Terminal 'Enter-VServer idle -Discard -- sh -c "rm -r /etc; tty; hostname; exit 9"'
        Wait-Screen '/dev/(pts/\d+|console)\s+idle'
        Wait-Screen 'left with 9'
        Test-Path "$store/idle/etc/passwd" | Should -BeTrue
        (Get-VServer idle).State | Should -Be 'Stopped'
    }

    It 'GuestStops_TerminalComesBack' {
        Start-Terminal 'Enter-VServer one'
        Send-Text 'echo ready$((1 + 1))'
        Wait-Screen 'ready2'
        $null = Stop-VServer one -TimeoutSec 1
        Wait-Screen 'left with'
        Wait-Screen '(?m)^icanon$'
        Start-VServer one
    }

    It 'WithoutTerminal_IsAnError' {
        $text = & (Get-EnginePath) -NoProfile -NonInteractive -Command "Import-Module '$Module'; try { Enter-VServer one -Store '$store' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }" | Out-String
        $text | Should -Match 'CommandFailed,VServer.Commands.EnterVServerCommand'
    }

    It 'Unknown_IsAnError' {
        { Enter-VServer nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.EnterVServerCommand'
    }
}
