Describe 'The pipeline' {
    It 'passes objects, not text' {
        $sum = 1..4 | Where-Object { $_ % 2 -eq 0 } | ForEach-Object { $_ * 10 } | Measure-Object -Sum
        $sum.Sum | Should -Be 60
    }

    It 'stops its sources when enough has been selected' {
        $script:produced = 0
        $first = & { foreach ($i in 1..1000) { $script:produced++; $i } } | Select-Object -First 2
        $first | Should -HaveCount 2
        $script:produced | Should -Be 2
    }

    It 'sorts, groups and joins' {
        $groups = 'apple', 'avocado', 'banana' | Group-Object { $_[0] } | Sort-Object Count -Descending
        $groups[0].Name | Should -Be 'a'
        ($groups[0].Group -join '+') | Should -BeExactly 'apple+avocado'
    }

    It 'runs the begin, process and end blocks of a function once, per object and once' {
        function Trace-Block { begin { 'b' } process { "p$_" } end { 'e' } }
        (1..2 | Trace-Block) -join ' ' | Should -BeExactly 'b p1 p2 e'
    }

    It 'runs a clean block although the pipeline failed' {
        $script:cleaned = $false
        function Test-Clean { process { throw 'stop' } clean { $script:cleaned = $true } }
        { 1 | Test-Clean } | Should -Throw 'stop'
        $script:cleaned | Should -BeTrue
    }
}

Describe 'Parameter binding' {
    BeforeAll {
        function Get-Bound {
            [CmdletBinding(DefaultParameterSetName = 'Name')]
            param(
                [Parameter(ParameterSetName = 'Value', ValueFromPipeline)] [int] $Number,
                [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipelineByPropertyName)] [Alias('VServerName')] [string] $Name,
                [ValidateSet('one', 'two')] [string] $Choice = 'one',
                [switch] $Force
            )
            process { "$($PSCmdlet.ParameterSetName):$Number$Name/$Choice/$Force" }
        }
    }

    It 'binds pipeline input by value' {
        7 | Get-Bound | Should -BeExactly 'Value:7/one/False'
    }

    It 'binds pipeline input by property name and by alias: <Property>' -ForEach @(
        @{ Property = 'Name' }
        @{ Property = 'VServerName' }
    ) {
        [pscustomobject]@{ $Property = 'web1' } | Get-Bound | Should -BeExactly 'Name:0web1/one/False'
    }

    It 'binds by position, by abbreviation and by splatting' {
        $more = @{ Choice = 'two' }
        Get-Bound web1 -Fo @more | Should -BeExactly 'Name:0web1/two/True'
    }

    It 'refuses a value outside of a set' {
        { Get-Bound -Choice three } | Should -Throw -ErrorId 'ParameterArgumentValidationError,Get-Bound'
    }

    It 'refuses an unknown parameter' {
        { Get-Bound -Nonesuch } | Should -Throw -ErrorId 'NamedParameterNotFound,Get-Bound'
    }

    It 'refuses text where a number belongs' {
        { Get-Bound -Number x } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,Get-Bound'
    }
}

Describe 'ShouldProcess' {
    BeforeAll {
        function Remove-Thing {
            [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
            param([string] $Name)
            if ($PSCmdlet.ShouldProcess($Name, 'Remove')) { "removed $Name" }
        }
    }

    It 'does nothing under -WhatIf' {
        Remove-Thing web1 -WhatIf | Should -BeNullOrEmpty
    }

    It 'does not ask under -Confirm:$false' {
        Remove-Thing web1 -Confirm:$false | Should -BeExactly 'removed web1'
    }

    It 'hands -WhatIf down to the commands it calls' {
        $file = Join-Path $TestDrive 'kept'
        Set-Content $file 'x'
        function Remove-All { [CmdletBinding(SupportsShouldProcess)] param() Remove-Item $file }
        Remove-All -WhatIf
        $file | Should -Exist
    }
}

Describe 'Errors' {
    It 'carries id, category, target and message of a written error' {
        $null = Write-Error -Message 'no such guest' -ErrorId GuestNotFound -Category ObjectNotFound -TargetObject web9 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'GuestNotFound*'
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].TargetObject | Should -Be 'web9'
        "$($problem[0])" | Should -BeExactly 'no such guest'
    }

    It 'goes on after a written error and stops under -ErrorAction Stop' {
        function Test-Two { [CmdletBinding()] param() Write-Error first; 'went on' }
        Test-Two -ErrorAction SilentlyContinue | Should -BeExactly 'went on'
        { Test-Two -ErrorAction Stop } | Should -Throw 'first'
    }

    It 'catches by exception type' {
        $caught = try { [System.IO.File]::ReadAllText('/nonesuch/file') } catch [System.IO.DirectoryNotFoundException] { 'folder' } catch { 'other' }
        $caught | Should -BeExactly 'folder'
    }

    It 'runs finally and keeps the newest error first' {
        $script:order = @()
        try { throw 'inner' } catch { $script:order += "$_" } finally { $script:order += 'finally' }
        $script:order -join ',' | Should -BeExactly 'inner,finally'
    }

    It 'says where in a script an error was' {
        $script = Join-Path $TestDrive 'failing.ps1'
        Set-Content $script "'line one'", "throw 'here'"
        try { & $script } catch { $problem = $_ }
        $problem.InvocationInfo.ScriptLineNumber | Should -Be 2
        $problem.InvocationInfo.ScriptName | Should -Be $script
    }
}

Describe 'Streams' {
    It 'redirects each stream by its number: <Number>' -ForEach @(
        @{ Number = 3; Statement = { Write-Warning 'w' } ; Text = 'w' }
        @{ Number = 4; Statement = { Write-Verbose 'v' -Verbose }; Text = 'v' }
        @{ Number = 6; Statement = { Write-Host 'h' }; Text = 'h' }
    ) {
        $all = & $Statement *>&1
        "$all" | Should -BeExactly $Text
    }

    It 'merges errors into the output' {
        $all = & { 'out'; Write-Error 'err' } 2>&1
        $all | Should -HaveCount 2
        $all[1] | Should -BeOfType System.Management.Automation.ErrorRecord
    }

    It 'writes to a file in UTF-8 without a mark and appends to it' {
        $file = Join-Path $TestDrive 'redirected'
        'grün' > $file
        'zwei' >> $file
        [System.IO.File]::ReadAllBytes($file)[0] | Should -Be ([byte][char]'g')
        [System.IO.File]::ReadAllText($file) | Should -BeExactly "grün`nzwei`n"
    }
}

Describe 'Classes and data' {
    It 'defines a class with a method and an enum' {
        $answer = & ([scriptblock]::Create('enum Mood { Good } class Guest { [Mood] $Mood = "Good"; [string] Say() { return "I am $($this.Mood)" } } [Guest]::new().Say()'))
        $answer | Should -BeExactly 'I am Good'
    }

    It 'round-trips objects through JSON' {
        $text = [ordered]@{ name = 'web1'; ids = @(1, 2); on = $true; none = $null } | ConvertTo-Json -Compress
        $text | Should -BeExactly '{"name":"web1","ids":[1,2],"on":true,"none":null}'
        ($text | ConvertFrom-Json).ids[1] | Should -Be 2
    }

    It 'tests JSON against a schema' {
        $schema = '{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}'
        '{"name":"web1"}' | Test-Json -Schema $schema | Should -BeTrue
        '{"name":1}' | Test-Json -Schema $schema -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'round-trips objects through CliXml, secrets too' {
        $file = Join-Path $TestDrive 'object.xml'
        $secret = ConvertTo-SecureString 'hidden' -AsPlainText -Force
        @{ When = [datetime]'2001-02-03'; List = 1, 2; Secret = $secret } | Export-Clixml $file
        $back = Import-Clixml $file
        $back.When | Should -Be ([datetime]'2001-02-03')
        $back.List | Should -HaveCount 2
        ConvertFrom-SecureString $back.Secret -AsPlainText | Should -BeExactly 'hidden'
    }

    It 'reads and writes CSV' {
        $rows = [pscustomobject]@{ Name = 'a,b'; Size = 1 } | ConvertTo-Csv | ConvertFrom-Csv
        $rows.Name | Should -BeExactly 'a,b'
    }
}

Describe 'Parallel work' {
    It 'runs ForEach-Object -Parallel with values from outside' {
        $factor = 10
        $results = 1..3 | ForEach-Object -Parallel { $_ * $using:factor } | Sort-Object
        $results -join ',' | Should -BeExactly '10,20,30'
    }

    It 'runs a thread job to its end with output and errors' {
        $job = Start-ThreadJob { 'done'; Write-Error 'bad' }
        $output = $job | Receive-Job -Wait -AutoRemoveJob -ErrorVariable problems -ErrorAction SilentlyContinue
        $output | Should -BeExactly 'done'
        $problems | Should -HaveCount 1
    }

    It 'stops a thread job' {
        $running = [System.Threading.ManualResetEventSlim]::new()
        $job = Start-ThreadJob { ($using:running).Set(); while ($true) { Start-Sleep -Milliseconds 50 } }
        $running.Wait(30000) | Should -BeTrue
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        Remove-Job $job
    }

    It 'runs a script in a runspace of its own' {
        $shell = [powershell]::Create()
        try {
            $shell.AddScript('param($x) "got $x"').AddArgument(5).Invoke() | Should -BeExactly 'got 5'
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'The session' {
    It 'knows what it runs on' {
        $PSVersionTable.PSEdition | Should -Be 'Core'
        $PSVersionTable.Platform | Should -Be 'Unix'
        $PSVersionTable.PSVersion -ge [version]'7.6' | Should -BeTrue
        $IsLinux | Should -BeTrue
        $IsWindows | Should -BeFalse
    }

    It 'names its host' {
        $Host.Name | Should -Be 'ConsoleHost'
    }

    It 'leaves the names of Unix commands to them: <Name>' -ForEach @(
        @{ Name = 'ls' }, @{ Name = 'cat' }, @{ Name = 'cp' }, @{ Name = 'mv' }, @{ Name = 'rm' }, @{ Name = 'mkdir' },
        @{ Name = 'mount' }, @{ Name = 'ps' }, @{ Name = 'sort' }, @{ Name = 'sleep' }, @{ Name = 'tee' }, @{ Name = 'diff' }
    ) {
        (Get-Command $Name).CommandType | Should -Be 'Application'
    }

    It 'has no registry and one root drive' {
        (Get-PSProvider).Name | Should -Not -Contain 'Registry'
        (Get-PSDrive -PSProvider FileSystem).Root | Should -Contain '/'
    }

    It 'has a home: $HOME, ~ and the profile below it' {
        $HOME | Should -Be $env:HOME
        (Resolve-Path '~').ProviderPath | Should -Be $env:HOME
        "$PROFILE" | Should -BeLike '*/powershell/Microsoft.PowerShell_profile.ps1'
    }

    It 'finds its own modules in folders whose case is right' {
        $own = $env:PSModulePath -split ':' | Where-Object { $_ -like '*/Modules' -and (Test-Path "$_/Microsoft.PowerShell.Utility") }
        $own | Should -Contain (Join-Path $PSHOME 'Modules')
        $env:PSModulePath -split ':' | Should -Not -Contain ''
    }

    It 'runs scripts whatever their origin' {
        Get-ExecutionPolicy | Should -Be 'Unrestricted'
    }
}
