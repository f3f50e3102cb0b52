BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Ways in' {
    BeforeAll {
        $script = Join-Path $TestDrive 'script.ps1'
        Set-Content $script 'param($First, [switch] $Flag) "first=$First flag=$Flag rest=$args"; exit 7'
    }

    It 'runs a command' {
        $run = Invoke-Engine -Argument '-Command', '1 + 1'
        $run.Out | Should -BeExactly "2`n"
        $run.ExitCode | Should -Be 0
    }

    It 'joins the words after -Command' {
        (Invoke-Engine -Argument '-c', 'Write-Output', 'one', 'two').Out | Should -BeExactly "one`ntwo`n"
    }

    It 'runs a file with its arguments, and ends with its exit code' {
        $run = Invoke-Engine -Argument '-File', $script, 'a b', '-Flag'
        $run.Out | Should -BeExactly "first=a b flag=True rest=`n"
        $run.ExitCode | Should -Be 7
    }

    It 'takes a bare path as a file' {
        (Invoke-Engine -Argument $script, 'x').ExitCode | Should -Be 7
    }

    It 'finds a file from the working directory' {
        (Invoke-Engine -Argument '-File', './script.ps1' -WorkingDirectory $TestDrive).ExitCode | Should -Be 7
    }

    It 'runs an encoded command' {
        $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes('"de" + "coded"'))
        (Invoke-Engine -Argument '-EncodedCommand', $encoded).Out | Should -BeExactly "decoded`n"
    }

    It 'reads commands from standard input after -Command -' {
        (Invoke-Engine -Argument '-Command', '-' -InputText "'from stdin'`n").Out | Should -BeExactly "from stdin`n"
    }

    It 'reads a script from standard input after -File -' {
        (Invoke-Engine -Argument '-NonInteractive', '-File', '-' -InputText "'piped script'`n").Out | Should -Match 'piped script'
    }

    It 'starts in the folder it is told to' {
        (Invoke-Engine -Argument '-WorkingDirectory', '/usr', '-Command', '$PWD.Path').Out | Should -BeExactly "/usr`n"
    }

    It 'says its version' {
        (Invoke-Engine -Argument '-Version').Out | Should -Match '^PowerShell \d+\.\d+'
    }

    It 'accepts an execution policy' {
        (Invoke-Engine -Argument '-ExecutionPolicy', 'Bypass', '-Command', '5').Out | Should -BeExactly "5`n"
    }

    It 'refuses a file that is not there' {
        $run = Invoke-Engine -Argument '-File', '/nonesuch.ps1'
        $run.ExitCode | Should -Be 64
        "$($run.Out)$($run.Error)" | Should -Match 'nonesuch'
    }
}

Describe 'Exit codes' {
    It 'ends with <Code> after: <Command>' -ForEach @(
        @{ Command = 'exit 3'; Code = 3 }
        @{ Command = '"fine"'; Code = 0 }
        @{ Command = 'throw "stop"'; Code = 1 }
        @{ Command = 'Write-Error bad'; Code = 1 }
        @{ Command = 'sh -c "exit 9"'; Code = 1 }
        @{ Command = 'sh -c "exit 9"; exit $LASTEXITCODE'; Code = 9 }
        @{ Command = 'Write-Error bad; "went on"'; Code = 0 }
    ) {
        (Invoke-EngineCommand $Command).ExitCode | Should -Be $Code
    }

    It 'ends a file with 1 when an error stops it, and with 0 after its last line' {
        $failing = Join-Path $TestDrive 'failing.ps1'
        Set-Content $failing 'throw "stop"'
        (Invoke-Engine -Argument '-File', $failing).ExitCode | Should -Be 1
        $ending = Join-Path $TestDrive 'ending.ps1'
        Set-Content $ending 'sh -c "exit 9"; "last"'
        (Invoke-Engine -Argument '-File', $ending).ExitCode | Should -Be 0
    }
}

Describe 'Standard streams' {
    It 'writes output, warnings and host text to standard output, and errors to standard error' {
        $run = Invoke-EngineCommand 'Write-Output o; Write-Host h; Write-Warning w; Write-Error e'
        $run.Out | Should -BeExactly "o`nh`nWARNING: w`n"
        $run.Error | Should -Match 'Write-Error: e'
    }

    It 'formats objects on the way out' {
        (Invoke-EngineCommand '[pscustomobject]@{ Name = "web1"; Size = 5 }').Out | Should -Match 'Name Size'
    }

    It 'gives piped text to $input' {
        (Invoke-EngineCommand '$input | ForEach-Object { "<$_>" }' -InputText "a`nb`n").Out | Should -BeExactly "<a>`n<b>`n"
    }

    It 'shows no progress in a pipe' {
        $run = Invoke-EngineCommand 'Write-Progress -Activity Copying -PercentComplete 50; "done"'
        $run.Out | Should -BeExactly "done`n"
        $run.Error | Should -BeNullOrEmpty
    }
}

Describe 'Prompts' {
    It 'answers a confirmation from standard input: <Answer>' -ForEach @(
        @{ Answer = 'y'; Exists = 'False' }
        @{ Answer = 'n'; Exists = 'True' }
    ) {
        $file = Join-Path $TestDrive "asked-$Answer"
        Set-Content $file ''
        $run = Invoke-EngineCommand "Remove-Item '$file' -Confirm; Test-Path '$file'" -InputText "$Answer`n"
        $run.Out.TrimEnd() | Should -Match "$Exists$"
    }

    It 'reads a line for Read-Host' {
        (Invoke-EngineCommand '$answer = Read-Host Name; "got $answer"' -InputText "web1`n").Out | Should -Match 'got web1'
    }

    It 'asks for a mandatory parameter' {
        $run = Invoke-EngineCommand 'function f { param([Parameter(Mandatory)] $Name) "named $Name" } f' -InputText "web1`n"
        $run.Out | Should -Match 'named web1'
    }

    It 'lets a script ask for a choice' {
        $run = Invoke-EngineCommand '"chose " + $Host.UI.PromptForChoice("", "Which?", @("&One", "&Two"), 0)' -InputText "t`n"
        $run.Out | Should -Match 'chose 1'
    }

    It 'asks nothing under -NonInteractive' {
        $run = Invoke-Engine -Argument '-NonInteractive', '-Command', 'Read-Host Name'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match 'NonInteractive'
    }
}

Describe 'The window' {
    It 'has a size' {
        $Host.UI.RawUI.WindowSize.Width | Should -BeGreaterThan 0
    }
}
