Describe 'Tables and lists' {
    BeforeAll {
        $script:rows = [pscustomobject]@{ Name = 'web1'; Size = 5 }, [pscustomobject]@{ Name = 'web22'; Size = 1234 }
    }

    It 'shows a table with a header, a rule and aligned columns' {
        $lines = @($script:rows | Format-Table | Out-String -Stream | ForEach-Object TrimEnd | Where-Object { $_ })
        $lines[0] | Should -BeExactly 'Name  Size'
        $lines[1] | Should -BeExactly '----  ----'
        $lines[2] | Should -BeExactly 'web1     5'
        $lines[3] | Should -BeExactly 'web22 1234'
    }

    It 'cuts a table at the width that is asked for' {
        $wide = [pscustomobject]@{ Text = 'x' * 100 }
        $lines = @($wide | Format-Table | Out-String -Stream -Width 20 | ForEach-Object TrimEnd | Where-Object { $_ })
        $lines[2].Length | Should -BeLessThan 21
        $lines[2] | Should -Match '…$'
    }

    It 'wraps when asked to' {
        $wide = [pscustomobject]@{ Text = 'word ' * 10 }
        @($wide | Format-Table -Wrap | Out-String -Stream -Width 20).Count | Should -BeGreaterThan 5
    }

    It 'shows a list' {
        $text = $script:rows[0] | Format-List | Out-String
        $text | Should -Match '(?m)^Name : web1\s*$'
        $text | Should -Match '(?m)^Size : 5\s*$'
    }

    It 'shows four properties as a table and five as a list' {
        [pscustomobject]@{ A = 1; B = 2; C = 3; D = 4 } | Out-String | Should -Match 'A B C D'
        [pscustomobject]@{ A = 1; B = 2; C = 3; D = 4; E = 5 } | Out-String | Should -Match '(?m)^E : 5'
    }

    It 'computes columns and formats numbers' {
        $text = $script:rows | Format-Table Name, @{ Label = 'KB'; Expression = { $_.Size / 1000 }; FormatString = 'N1' } | Out-String
        $text | Should -Match 'web22\s+1.2'
    }

    It 'honours a default set of properties' {
        $object = [pscustomobject]@{ Shown = 1; Hidden = 2 }
        $object | Add-Member MemberSet PSStandardMembers ([System.Management.Automation.PSMemberInfo[]]@(
                [System.Management.Automation.PSPropertySet]::new('DefaultDisplayPropertySet', [string[]]@('Shown'))))
        $object | Out-String | Should -Not -Match 'Hidden'
    }

    It 'leaves no escape sequences in text that is asked for as text' {
        $script:rows | Format-Table | Out-String | Should -Not -Match "`e"
    }
}

Describe 'Views from a file' {
    BeforeAll {
        $views = Join-Path $TestDrive 'Guest.Format.ps1xml'
        Set-Content $views @'
<Configuration><ViewDefinitions><View>
  <Name>Guest</Name>
  <ViewSelectedBy><TypeName>Conformance.Guest</TypeName></ViewSelectedBy>
  <TableControl>
    <TableHeaders>
      <TableColumnHeader><Label>Guest</Label><Width>8</Width></TableColumnHeader>
      <TableColumnHeader><Label>Disk</Label><Width>6</Width><Alignment>Right</Alignment></TableColumnHeader>
    </TableHeaders>
    <TableRowEntries><TableRowEntry><TableColumnItems>
      <TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
      <TableColumnItem><ScriptBlock>"$($_.Bytes / 1KB)K"</ScriptBlock></TableColumnItem>
    </TableColumnItems></TableRowEntry></TableRowEntries>
  </TableControl>
</View></ViewDefinitions></Configuration>
'@
        Update-FormatData -PrependPath $views
    }

    It 'shows a type as its view says' {
        $guest = [pscustomobject]@{ PSTypeName = 'Conformance.Guest'; Name = 'web1'; Bytes = 2048; Secret = 'no' }
        $lines = @($guest | Out-String -Stream | ForEach-Object TrimEnd | Where-Object { $_ })
        $lines[0] | Should -BeExactly 'Guest      Disk'
        $lines[2] | Should -BeExactly 'web1         2K'
    }

    It 'lists the view' {
        (Get-FormatData Conformance.Guest).TypeNames | Should -Contain 'Conformance.Guest'
    }
}

Describe 'Types from data' {
    It 'adds a script property and an alias to a type' {
        Update-TypeData -TypeName Conformance.Sized -MemberType ScriptProperty -MemberName Kilobytes -Value { $this.Bytes / 1KB } -Force
        Update-TypeData -TypeName Conformance.Sized -MemberType AliasProperty -MemberName Length -Value Bytes -Force
        $sized = [pscustomobject]@{ PSTypeName = 'Conformance.Sized'; Bytes = 4096 }
        $sized.Kilobytes | Should -Be 4
        $sized.Length | Should -Be 4096
    }
}

Describe 'Errors as people see them' {
    It 'shows one line for a command that is not there, naming it' {
        try { nonesuch-command } catch { $problem = $_ }
        $problem | Out-String | Should -Match 'nonesuch-command'
    }

    It 'has a concise view by default and a detailed one for Get-Error' {
        $ErrorView | Should -Be 'ConciseView'
        try { throw [System.InvalidOperationException]::new('deep') } catch { }
        Get-Error -Newest 1 | Out-String | Should -Match 'InvalidOperationException'
    }
}
