BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest one
    Start-VServer one

    # Types into an engine that sits on a terminal of tmux's, and reads what that terminal shows.
    function Start-Terminal {
        param([string]$Command)
        Set-Content "$TestDrive/enter.ps1" "Import-Module '$Module'; `$env:VSERVER_STORE = '$store'; $Command; `"left with `$LASTEXITCODE`"; stty -a | Select-String -Pattern '(-?icanon|-?echo)\b' -AllMatches | ForEach-Object { `$_.Matches.Value }; cat"
        tmux -S $socket -f /dev/null new-session -d -x 90 -y 30 "$(Get-EnginePath) -NoProfile -File '$TestDrive/enter.ps1'"
    }

    function Send-Text { param([string]$Text) tmux -S $socket send-keys -l $Text; tmux -S $socket send-keys Enter }

    function Get-Screen { (tmux -S $socket capture-pane -p) -join "`n" }

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
