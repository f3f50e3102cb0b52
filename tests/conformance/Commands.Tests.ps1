Describe 'Completion' {
    BeforeAll {
        function Get-Completion {
            param([string] $Line)
            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
        }

        function Get-Sample { param([ValidateSet('red', 'green')] [string] $Color, [string] $Name) }
    }

    It 'completes commands, parameters and sets: <Line>' -ForEach @(
        @{ Line = 'Get-ChildI'; Text = 'Get-ChildItem' }
        @{ Line = 'Get-Sample -Col'; Text = '-Color' }
        @{ Line = 'Get-Sample -Color g'; Text = 'green' }
        @{ Line = '$PSVersionT'; Text = '$PSVersionTable' }
        @{ Line = '[datetime]::UtcN'; Text = 'UtcNow' }
    ) {
        Get-Completion $Line | Should -Contain $Text
    }

    It 'completes from a registered completer, which sees what was bound before' {
        Register-ArgumentCompleter -CommandName Get-Sample -ParameterName Name -ScriptBlock {
            param($command, $parameter, $word, $ast, $bound)
            "$($bound.Color)1", "$($bound.Color)2" | Where-Object { $_ -like "$word*" }
        }
        Get-Completion 'Get-Sample -Color red -Name r' | Should -Be @('red1', 'red2')
    }

    It 'completes from a registered native completer' {
        Register-ArgumentCompleter -Native -CommandName sampletool -ScriptBlock { param($word) 'start', 'stop' -like "$word*" }
        Get-Completion 'sampletool sto' | Should -Be 'stop'
    }

    It 'completes paths' {
        Set-Content (Join-Path $TestDrive 'completed.txt') ''
        Get-Completion "Get-Content $TestDrive/comp" | Should -BeLike '*completed.txt'
    }
}

Describe 'Help' {
    BeforeAll {
        <#
        .SYNOPSIS
        Says hello.
        .PARAMETER Name
        Whom to greet.
        .EXAMPLE
        Get-Greeting -Name you
        Greets you.
        #>
        function Get-Greeting { [CmdletBinding()] param([Parameter(Mandatory)] [string] $Name) "hello $Name" }
    }

    It 'reads the comments of a function' {
        $help = Get-Help Get-Greeting
        $help.Synopsis | Should -BeExactly 'Says hello.'
        (Get-Help Get-Greeting -Parameter Name).description.Text | Should -BeExactly 'Whom to greet.'
        (Get-Help Get-Greeting -Examples | Out-String) | Should -Match 'Get-Greeting -Name you'
    }

    It 'shows the syntax of a command' {
        Get-Command Get-Greeting -Syntax | Should -Match 'Get-Greeting \[-Name\] <string> \[<CommonParameters>\]'
    }
}

Describe 'A script module' {
    BeforeAll {
        $modules = Join-Path $TestDrive 'Modules'
        $folder = Join-Path $modules 'Sample/1.2.3'
        $null = New-Item -ItemType Directory $folder
        Set-Content "$folder/Sample.psm1" 'function Get-Public { Get-Private } function Get-Private { "private" }'
        New-ModuleManifest "$folder/Sample.psd1" -RootModule Sample.psm1 -ModuleVersion 1.2.3 -FunctionsToExport Get-Public -Guid (New-Guid) -Description 'A sample'
        $before = $env:PSModulePath
        $env:PSModulePath = "${modules}:$before"
    }

    AfterAll {
        $env:PSModulePath = $before
        Remove-Module Sample -ErrorAction SilentlyContinue
    }

    It 'has a manifest that passes its test' {
        (Test-ModuleManifest "$folder/Sample.psd1").Version | Should -Be ([version]'1.2.3')
    }

    It 'is imported by name and exports what its manifest says' {
        Import-Module Sample
        (Get-Module Sample).ExportedCommands.Keys | Should -Be 'Get-Public'
        Get-Public | Should -BeExactly 'private'
        Get-Command Get-Private -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'is listed as available and loaded when one of its commands is called' {
        Remove-Module Sample -ErrorAction SilentlyContinue
        (Get-Module Sample -ListAvailable).Version | Should -Be ([version]'1.2.3')
        Get-Public | Should -BeExactly 'private'
    }
}

Describe 'A compiled module' {
    BeforeAll {
        $modules = Join-Path $TestDrive 'Compiled'
        $folder = Join-Path $modules 'Wares/0.1.0'
        $null = New-Item -ItemType Directory "$folder/en-US"
        Add-Type -OutputAssembly "$folder/Wares.dll" -TypeDefinition @'
using System.Management.Automation;

namespace Wares
{
    public sealed class Ware { public string Name { get; set; } public int Price { get; set; } }

    [Cmdlet(VerbsCommon.Get, "Ware")]
    [OutputType(typeof(Ware))]
    public sealed class GetWareCommand : PSCmdlet
    {
        [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
        public string[] Name { get; set; } = new[] { "pen" };

        protected override void ProcessRecord()
        {
            foreach (var name in Name)
            {
                WriteVerbose("looking for " + name);
                if (name == "none")
                {
                    WriteError(new ErrorRecord(new ItemNotFoundException("There is no ware " + name), "WareNotFound", ErrorCategory.ObjectNotFound, name));
                    continue;
                }
                WriteObject(new Ware { Name = name, Price = name.Length });
            }
        }
    }

    [Cmdlet(VerbsCommon.Remove, "Ware", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
    public sealed class RemoveWareCommand : PSCmdlet
    {
        [Parameter(Mandatory = true, Position = 0)]
        public string Name { get; set; }

        protected override void ProcessRecord()
        {
            if (ShouldProcess(Name, "Remove")) { WriteObject("removed " + Name); }
        }
    }
}
'@
        Set-Content "$folder/Wares.Format.ps1xml" @'
<Configuration><ViewDefinitions><View>
  <Name>Ware</Name><ViewSelectedBy><TypeName>Wares.Ware</TypeName></ViewSelectedBy>
  <TableControl>
    <TableHeaders><TableColumnHeader><Label>Ware</Label></TableColumnHeader></TableHeaders>
    <TableRowEntries><TableRowEntry><TableColumnItems>
      <TableColumnItem><ScriptBlock>"$($_.Name) at $($_.Price)"</ScriptBlock></TableColumnItem>
    </TableColumnItems></TableRowEntry></TableRowEntries>
  </TableControl>
</View></ViewDefinitions></Configuration>
'@
        Set-Content "$folder/en-US/Wares.dll-Help.xml" @'
<?xml version="1.0" encoding="utf-8"?>
<helpItems xmlns="http://msh" schema="maml">
  <command:command xmlns:maml="http://schemas.microsoft.com/maml/2004/10" xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10" xmlns:dev="http://schemas.microsoft.com/maml/dev/2004/10">
    <command:details>
      <command:name>Get-Ware</command:name>
      <maml:description><maml:para>Finds a ware.</maml:para></maml:description>
      <command:verb>Get</command:verb><command:noun>Ware</command:noun>
    </command:details>
    <command:examples><command:example>
      <maml:title>Example 1</maml:title><dev:code>Get-Ware pen</dev:code>
      <dev:remarks><maml:para>Finds a pen.</maml:para></dev:remarks>
    </command:example></command:examples>
  </command:command>
</helpItems>
'@
        New-ModuleManifest "$folder/Wares.psd1" -RootModule Wares.dll -ModuleVersion 0.1.0 -CmdletsToExport Get-Ware, Remove-Ware -FormatsToProcess Wares.Format.ps1xml
        $before = $env:PSModulePath
        $env:PSModulePath = "${modules}:$before"
        Import-Module Wares
    }

    AfterAll {
        $env:PSModulePath = $before
        Remove-Module Wares -ErrorAction SilentlyContinue
    }

    It 'emits its own type, which its view shows' {
        $ware = Get-Ware ink
        $ware | Should -BeOfType Wares.Ware
        $ware | Out-String | Should -Match 'ink at 3'
    }

    It 'goes on to the next item after an error' {
        $wares = 'none', 'ink' | Get-Ware -ErrorVariable problems -ErrorAction SilentlyContinue
        $wares.Name | Should -Be 'ink'
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'WareNotFound,Wares.GetWareCommand'
        $problems[0].TargetObject | Should -Be 'none'
    }

    It 'takes names from objects and says what it does under -Verbose' {
        $said = [pscustomobject]@{ Name = 'cup' } | Get-Ware -Verbose 4>&1
        "$($said[0])" | Should -BeExactly 'looking for cup'
    }

    It 'asks before it removes, and not under -WhatIf' {
        Remove-Ware ink -WhatIf | Should -BeNullOrEmpty
        Remove-Ware ink -Confirm:$false | Should -BeExactly 'removed ink'
    }

    It 'has help from its MAML file' {
        (Get-Help Get-Ware).Synopsis | Should -BeExactly 'Finds a ware.'
        Get-Help Get-Ware -Examples | Out-String | Should -Match 'Finds a pen'
    }

    It 'names its output type and its parameters' {
        $command = Get-Command Get-Ware
        $command.OutputType.Name | Should -Be 'Wares.Ware'
        $command.Parameters['Name'].ParameterType | Should -Be ([string[]])
    }
}
