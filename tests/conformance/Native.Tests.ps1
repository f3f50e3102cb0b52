BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Native commands' {
    It 'sets the exit code and $?' {
        sh -c 'exit 5'
        $? | Should -BeFalse
        $LASTEXITCODE | Should -Be 5
        sh -c 'exit 0'
        $LASTEXITCODE | Should -Be 0
    }

    It 'passes arguments as they are: <Text>' -ForEach @(
        @{ Text = 'two words' }
        @{ Text = '' }
        @{ Text = 'a"quote"b' }
        @{ Text = "it's" }
        @{ Text = 'back\slash\' }
        @{ Text = '$dollar *star' }
    ) {
        printf '<%s>' $Text | Should -BeExactly "<$Text>"
    }

    It 'expands unquoted wildcards and a leading tilde, and nothing quoted' {
        $place = Join-Path $TestDrive 'globbed'
        $null = New-Item -ItemType Directory $place
        'a.txt', 'b c.txt' | ForEach-Object { Set-Content "$place/$_" '' }
        Push-Location $place
        try {
            printf '<%s>' *.txt | Should -BeExactly '<a.txt><b c.txt>'
            printf '<%s>' '*.txt' | Should -BeExactly '<*.txt>'
            printf '<%s>' *.none | Should -BeExactly '<*.none>'
            printf '<%s>' ~/x | Should -BeExactly "<$HOME/x>"
        }
        finally {
            Pop-Location
        }
    }

    It 'gives lines to and takes lines from a pipeline' {
        'b', 'a' | sort | Should -Be @('a', 'b')
        $lines = printf 'x\ny\n'
        $lines | Should -HaveCount 2
    }

    It 'keeps bytes between native commands and files' {
        $file = Join-Path $TestDrive 'raw'
        printf '\000\377\r\n' | cat > $file
        [System.IO.File]::ReadAllBytes($file) | Should -Be ([byte[]](0, 255, 13, 10))
    }

    It 'takes standard error as error records when merged' {
        $all = sh -c 'echo out; echo err >&2' 2>&1
        ($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Exception.Message | Should -BeExactly 'err'
    }

    It 'throws away standard error when told to' {
        sh -c 'echo out; echo err >&2' 2>$null | Should -BeExactly 'out'
    }

    It 'stops on a failing native command when asked to' {
        $PSNativeCommandUseErrorActionPreference = $true
        $ErrorActionPreference = 'Stop'
        { sh -c 'exit 4' } | Should -Throw -ErrorId 'ProgramExitedWithNonZeroCode'
    }

    It 'runs in the current location and with the current environment' {
        Push-Location /usr
        $env:CONFORMANCE = 'set'
        try {
            sh -c 'echo $PWD $CONFORMANCE' | Should -BeExactly '/usr set'
        }
        finally {
            Pop-Location
            Remove-Item Env:CONFORMANCE
        }
    }

    It 'says so when there is no such command' {
        { nonesuch-command } | Should -Throw -ErrorId 'CommandNotFoundException'
    }

    It 'lets a child inherit standard input and output' {
        (Invoke-EngineCommand 'cat; "after"' -InputText "through`n").Out | Should -Match 'after'
    }
}

Describe 'Processes' {
    It 'starts one, waits for it and has its exit code' {
        (Start-Process sh -ArgumentList '-c', '"exit 6"' -Wait -PassThru).ExitCode | Should -Be 6
    }

    It 'redirects the streams of one to files' {
        $files = 'in', 'out', 'err' | ForEach-Object { Join-Path $TestDrive "process.$_" }
        Set-Content $files[0] 'hello'
        Start-Process sh -ArgumentList '-c', '"cat; echo bad >&2"' -Wait -RedirectStandardInput $files[0] -RedirectStandardOutput $files[1] -RedirectStandardError $files[2]
        Get-Content $files[1] | Should -BeExactly 'hello'
        Get-Content $files[2] | Should -BeExactly 'bad'
    }

    It 'starts one elsewhere and with another environment' {
        $file = Join-Path $TestDrive 'process.env'
        Start-Process sh -ArgumentList '-c', '"echo $PWD $EXTRA"' -Wait -WorkingDirectory /usr -Environment @{ EXTRA = 'yes' } -RedirectStandardOutput $file
        Get-Content $file | Should -BeExactly '/usr yes'
    }

    It 'finds and stops one' {
        $process = Start-Process sleep -ArgumentList 60 -PassThru
        (Get-Process -Id $process.Id).ProcessName | Should -Be 'sleep'
        Stop-Process -Id $process.Id
        $process.WaitForExit(5000) | Should -BeTrue
    }

    It 'refuses a program that is not there' {
        { Start-Process nonesuch-program -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand'
    }
}
