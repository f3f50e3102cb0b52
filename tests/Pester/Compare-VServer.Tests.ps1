BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore

    # A guest with a folder of known files, running unless told otherwise.
    function New-ChangedGuest {
        param([string]$Name, [string]$Change, [hashtable]$Option = @{}, [switch]$Stopped)
        $tree = "$store/.tree-$Name"
        New-TestTree $tree
        bash -c 'mkdir -p "$0"/srv/{data,old/in,gone/below}; cd "$0"/srv; for f in data/same data/write data/mode data/move old/in/leaf gone/below/leaf; do echo "$f" > $f; done; ln -s same data/link; find . -exec touch -hd "2020-01-02 03:04:05.678" {} +' $tree
        $null = New-VServer $Name -Path $tree @Option
        Start-VServer $Name
        Invoke-VServerCommand $Name -ArgumentList /bin/sh, -c, $Change
        if ($Stopped) { $null = Stop-VServer $Name }
    }
    $everything = @'
cd /srv; echo more >> data/write; chmod 600 data/mode; mv data/move data/moved; mv old new; echo fresh > new/fresh; rm -r gone
mkdir made; echo made > made/file; rm data/link; ln -s other data/link
'@
    New-ChangedGuest one $everything
    function Get-Short([object[]]$Change) {
        @($Change | ForEach-Object { "$($_.Change) $($_.OldPath ? "$($_.OldPath) -> " : '')$($_.Path)" } | Sort-Object)
    }
    $expected = @(
        'Added /srv/made', 'Added /srv/made/file', 'Added /srv/new/fresh', 'Metadata /srv/data/mode', 'Modified /srv/data/link', 'Modified /srv/data/write'
        'Removed /srv/gone', 'Removed /srv/gone/below', 'Removed /srv/gone/below/leaf', 'Renamed /srv/data/move -> /srv/data/moved', 'Renamed /srv/old -> /srv/new'
    )
}

AfterAll { Remove-TestStore $store }

Describe 'Compare-VServer' {
    It 'RunningGuest_TellsEveryChange' {
        Get-Short (Compare-VServer one /srv) | Should -Be $expected
    }

    It 'Change_HasTypeSizesAndDetail' {
        $write = Compare-VServer one /srv/data/write
        $write.Guest | Should -Be 'one'
        $write.Store | Should -Be $store
        $write.Type | Should -Be 'Regular'
        $write.SizeBefore | Should -Be 11
        $write.SizeAfter | Should -Be 16
        $write.Detail | Should -BeLike 'content*time'
        (Compare-VServer one /srv/data/mode).Detail | Should -Be 'mode 0644 -> 0600'
        $made = Compare-VServer one /srv/made/file
        $made.SizeBefore | Should -Be $null
        $made.SizeAfter | Should -Be 5
        (Compare-VServer one /srv/gone/below/leaf).SizeAfter | Should -Be $null
        (Compare-VServer one /srv/made).Type | Should -Contain 'Folder'
    }

    It 'Path_TakesFoldersPatternsAndOldNames' {
        Get-Short (Compare-VServer one /srv/old) | Should -Be 'Renamed /srv/old -> /srv/new'
        Get-Short (Compare-VServer one /srv/*/leaf, /srv/made) | Should -Be 'Added /srv/made', 'Added /srv/made/file', 'Removed /srv/gone/below/leaf'
        Compare-VServer one /srv/data/same | Should -BeNullOrEmpty
        Compare-VServer one /no/such/place | Should -BeNullOrEmpty
    }

    It 'ChangeKinds_AreChosen' {
        (Compare-VServer one /srv -Change Renamed, Metadata).Change | ForEach-Object ToString | Sort-Object -Unique | Should -Be 'Metadata', 'Renamed'
    }

    It 'Pipeline_TakesGuestsAndPatterns' {
        New-ChangedGuest two 'echo hi > /srv/hi' @{ Delta = 'Keep' } -Stopped
        (Get-VServer | Compare-VServer -Path /srv/hi).Guest | Should -Be 'two'
        (Compare-VServer o*, two /srv/made/file, /srv/hi).Guest | Sort-Object | Should -Be 'one', 'two'
        Compare-VServer nobody* | Should -BeNullOrEmpty
        { Compare-VServer nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.CompareVServerCommand'
    }

    It 'StoppedGuest_ThatKeepsItsChanges_TellsThem' {
        New-ChangedGuest kept $everything @{ Delta = 'Keep' } -Stopped
        Get-Short (Compare-VServer kept /srv) | Should -Be $expected
        $null = Stop-VServer kept -Settle
        Compare-VServer kept | Should -BeNullOrEmpty
    }

    It 'SettledGuest_HasNoChanges' {
        New-ChangedGuest settled 'echo hi > /srv/hi' -Stopped
        Compare-VServer settled | Should -BeNullOrEmpty
    }

    It 'HalfSettledGuest_IsRefusedWithWhatToDo' {
        New-ChangedGuest half 'echo hi > /srv/hi' @{ Delta = 'Keep' } -Stopped
        $null = New-Item -ItemType Directory "$store/.vserver/delta/half/settled"
        { Compare-VServer half -ErrorAction Stop } | Should -Throw -ErrorId 'GuestUnsettled,VServer.Commands.CompareVServerCommand' -ExpectedMessage '*Stop-VServer half -Settle*'
        $null = Stop-VServer half -Settle
        Compare-VServer half | Should -BeNullOrEmpty
        Get-Content "$store/half/srv/hi" | Should -Be 'hi'
    }

    It 'LinksOutOfTheGuest_AreNotFollowed' {
        New-ChangedGuest sly 'ln -s /etc /srv/etc; ln -s ../../../../etc/shadow /srv/shadow; rm -r /srv/old; ln -s /root /srv/old'
        $changes = Compare-VServer sly
        $changes.Path -match '^/srv/(etc|old)/(?!in)' | Should -BeNullOrEmpty
        Get-Short $changes | Should -Contain 'Modified /srv/old'
        ($changes | Where-Object Path -EQ '/srv/shadow').Type | Should -Be 'SymbolicLink'
    }

    It 'GuestThatWritesMeanwhile_IsCompared' {
        New-ChangedGuest busy 'true'
        Invoke-VServerCommand busy -ArgumentList /bin/sh, -c, '(while :; do mkdir /srv/d; for i in 1 2 3 4 5; do echo $i > /srv/d/$i; done; mv /srv/d /srv/e; rm -r /srv/e; done) > /dev/null 2>&1 &'
        1..30 | ForEach-Object { Compare-VServer busy -ErrorAction Stop } | Where-Object { "$($_.Path)" -notmatch '^/srv/[de](/|$)|^/srv$|^/dev|^/$' } | Should -BeNullOrEmpty
        $null = Stop-VServer busy -Discard
    }

    It 'View_ShowsOldAndNewName' {
        Compare-VServer one /srv/old | Out-String | Should -BeLike '*Renamed*Folder*/srv/old -> /srv/new*'
    }
}
