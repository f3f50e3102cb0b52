BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore

    # A root with real rpm packages: alpha at a version, beta, each with a program, a configuration file and text.
    function New-RpmTree {
        param([string]$Path, [string]$Version = '1.0')
        if (-not (Test-Path "$store/.rpm/top/RPMS/noarch/alpha-$Version-1.noarch.rpm")) { Build-RpmPackage $Version }
        $null = New-Item -ItemType Directory $Path
        rpm --root $Path --dbpath /var/lib/rpm --define '_rpmlock_path /var/lib/rpm/.rpm.lock' --nodeps --nosignature -i "$store/.rpm/top/RPMS/noarch/alpha-$Version-1.noarch.rpm" "$store/.rpm/top/RPMS/noarch/beta-1.0-1.noarch.rpm" 2>$null
        if ($LASTEXITCODE) { throw 'rpm has installed nothing' }
        find "$Path/usr" -exec touch -h -d '2020-01-02 03:04:05' '{}' +
    }

    function Build-RpmPackage {
        param([string]$Version)
        $null = New-Item -ItemType Directory -Force "$store/.rpm"
        foreach ($name in 'alpha', 'beta') {
            $number = if ($name -eq 'alpha') { $Version } else { '1.0' }
            Set-Content "$store/.rpm/$name.spec" @"
Name: $name
Version: $number
Release: 1
Summary: a test
License: none
BuildArch: noarch
%description
A test.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/$name %{buildroot}/usr/share/doc/$name
echo '$name $number' >%{buildroot}/usr/bin/$name
echo 'setting' >%{buildroot}/usr/share/$name/$name.conf
echo 'the same text' >%{buildroot}/usr/share/doc/$name/README
%files
/usr/bin/$name
%config(noreplace) /usr/share/$name/$name.conf
/usr/share/doc/$name/README
"@
        }
        rpmbuild -bb --quiet --define "_topdir $store/.rpm/top" "$store/.rpm/alpha.spec" "$store/.rpm/beta.spec" *>$null
        if ($LASTEXITCODE) { throw 'rpmbuild has built nothing' }
    }

    # A root with an apk database as Alpine has it (apk is not to be had on Debian).
    function New-ApkTree {
        param([string]$Path, [string]$Version = '1.0-r0')
        $null = New-Item -ItemType Directory -Force "$Path/lib/apk/db", "$Path/usr/bin", "$Path/opt/tool", "$Path/etc/apk/protected_paths.d"
        Set-Content "$Path/usr/bin/tool" "tool $Version"
        Set-Content "$Path/usr/bin/other" 'the same program'
        Set-Content "$Path/opt/tool/tool.conf" 'setting'
        Set-Content "$Path/etc/tool.conf" 'setting'
        Set-Content "$Path/etc/apk/protected_paths.d/tool.list" '+opt/tool'
        Set-Content "$Path/lib/apk/db/installed" @(
            'C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'P:tool', "V:$Version", 'A:x86_64', 'S:1', 'I:1', 'T:a test', 'F:usr', 'F:usr/bin', 'R:tool', 'a:0:0:755',
            'Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'F:opt/tool', 'R:tool.conf', 'F:etc', 'R:tool.conf', ''
            'C:Q1BAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'P:other', 'V:2-r1', 'A:x86_64', 'F:usr/bin', 'R:other', '')
        find $Path -exec touch -h -d '2020-01-02 03:04:05' '{}' +
    }

    function New-PackageGuest {
        param([string]$Kind, [string]$Name, [string[]]$Argument = @())
        & "New-$($Kind)Tree" "$store/.tree-$Name" @Argument
        $null = New-VServer $Name -Path "$store/.tree-$Name"
    }

    New-PackageGuest Rpm rpm1
    New-PackageGuest Rpm rpm2
    New-PackageGuest Rpm rpm3 1.1
    New-PackageGuest Apk apk1
    New-PackageGuest Apk apk2
    New-PackageGuest Apk apk3 1.1-r0
    New-PackageGuest Packaged deb1
    New-PackageGuest Packaged deb2
    sed -i 's/^Version: 1.0-1$/Version: 1.0-2/;/^Package: coreutils$/,/^$/d' "$store/deb2/var/lib/dpkg/status"
    $null = New-Item -ItemType Directory "$store/.tree-bare"
    $null = New-VServer bare -Path "$store/.tree-bare"

    function Test-Shared { param([string]$Left, [string]$Right) (stat -c %i "$store/$Left") -eq (stat -c %i "$store/$Right") }
}

AfterAll { Remove-TestStore $store }

Describe 'Get-VServerPackage' {
    It 'Guest_ListsWhatIsInstalled' {
        $packages = Get-VServerPackage rpm1
        $packages.Package | Should -Be 'alpha', 'beta'
        $packages[0].Version | Should -Be '1.0-1'
        $packages[0].Architecture | Should -Be 'noarch'
        $packages[0].Manager | Should -Be 'rpm'
        (Get-VServerPackage apk1).Package | Should -Be 'other', 'tool'
        (Get-VServerPackage apk1, deb1 | Select-Object -ExpandProperty Manager -Unique) | Should -Be 'apk', 'dpkg'
    }

    It 'Pipeline_TakesGuestsAndGivesGuests' {
        (Get-VServer apk* | Get-VServerPackage -Package tool).Guest | Should -Be 'apk1', 'apk2', 'apk3'
        (Get-VServerPackage apk1 -Package tool | Get-VServer).Name | Should -Be 'apk1'
    }

    It 'Package_TakesNamesAndPatterns' {
        (Get-VServerPackage deb1 -Package 'ba*').Package | Should -Be 'base', 'bash'
        (Get-VServerPackage deb1 bash).Package | Should -Be 'bash'
        Get-VServerPackage deb1 -Package 'nothing*' | Should -BeNullOrEmpty
        { Get-VServerPackage deb1 -Package nothing -ErrorAction Stop } | Should -Throw -ErrorId 'PackageNotFound,*'
    }

    It 'Path_FindsTheOwner' {
        $owner = Get-VServerPackage rpm1, apk1 -Path /usr/share/alpha/alpha.conf, /opt/tool/tool.conf -ErrorAction SilentlyContinue
        $owner.Package | Should -Be 'alpha', 'tool'
        $owner.IsConfiguration | Should -Be $true, $true
        (Get-VServerPackage rpm1 -Path '/usr/bin/*').Path | ForEach-Object ToString | Should -Be '/usr/bin/alpha', '/usr/bin/beta'
        { Get-VServerPackage rpm1 -Path /nobody -ErrorAction Stop } | Should -Throw -ErrorId 'PackageNotFound,*'
    }

    It 'Path_FollowsTheGuestsOwnLinks' {
        ln -s usr/bin "$store/rpm1/bin"
        (Get-VServerPackage rpm1 -Path /bin/beta).Package | Should -Be 'beta'
        rm "$store/rpm1/bin"
    }

    It 'Difference_ShowsWhatIsNotTheSame' {
        $rows = Get-VServerPackage deb1, deb2 -Difference
        $rows.Package | Should -Be 'base', 'bash', 'coreutils', 'libc6'
        $rows.State | Should -Be 'Differs', 'Differs', 'Missing', 'Differs'
        $rows[0].deb1 | Should -Be '1.0-1'
        $rows[0].deb2 | Should -Be '1.0-2'
        $rows[2].deb2 | Should -BeNullOrEmpty
        Get-VServerPackage rpm1, rpm2 -Difference | Should -BeNullOrEmpty
        (Get-VServerPackage rpm1, rpm2 -Difference -IncludeEqual).State | Should -Be 'Same', 'Same'
        (Get-VServerPackage rpm1, rpm2, rpm3 -Difference).Versions['rpm3'] | Should -Be '1.1-1'
    }

    It 'Difference_OfTwoManagers_SaysThatTheyHaveNothingInCommon' {
        $rows = Get-VServerPackage rpm1, apk1 -Difference -WarningVariable warned -WarningAction SilentlyContinue
        $rows.State | Select-Object -Unique | Should -Be 'Missing'
        "$warned" | Should -Match 'nothing in common'
    }

    It 'View_IsATable' {
        (Get-VServerPackage rpm1, rpm3 -Difference | Out-String) | Should -Match 'rpm1 1.0-1   rpm3 1.1-1'
        (Get-VServerPackage rpm1 | Out-String) | Should -Match 'alpha +1.0-1 +noarch +rpm'
    }

    It 'Bare_IsAnErrorAndTheOthersGoOn' {
        (Get-VServerPackage bare, rpm1 -ErrorVariable failure -ErrorAction SilentlyContinue).Count | Should -Be 2
        $failure[0].FullyQualifiedErrorId | Should -Be 'PackageDatabaseMissing,VServer.Commands.GetVServerPackageCommand'
        { Get-VServerPackage nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,*'
    }

    It 'Completion_KnowsThePackages' {
        (TabExpansion2 'Get-VServerPackage rpm1 -Package al').CompletionMatches.CompletionText | Should -Be 'alpha'
        (TabExpansion2 'Get-VServerPackage apk').CompletionMatches.CompletionText | Should -Be 'apk1', 'apk2', 'apk3'
    }
}

Describe 'Unify by package' {
    It 'Rpm_SharesAllButConfigurationAndOtherVersions' {
        $before = Get-TreeDigest "$store/rpm2"
        $done = Invoke-VServerUnify rpm2, rpm3 -Reference rpm1 -Package ALL
        $done.Linked | Should -Be 4, 2
        $done.Packages | Should -Be 2, 1
        $done[0].Skipped['Configuration'] | Should -Be 2
        $done[1].Skipped['VersionDiffers'] | Should -Be 2
        Test-Shared rpm1/usr/bin/alpha rpm2/usr/bin/alpha | Should -BeTrue
        Test-Shared rpm1/usr/bin/alpha rpm3/usr/bin/alpha | Should -BeFalse
        Test-Shared rpm1/usr/share/doc/alpha/README rpm3/usr/share/doc/alpha/README | Should -BeFalse
        Test-Shared rpm1/usr/share/beta/beta.conf rpm2/usr/share/beta/beta.conf | Should -BeFalse
        Get-TreeDigest "$store/rpm2" | Should -Be $before
    }

    It 'Apk_SharesAllButConfigurationAndOtherVersions' {
        $done = Invoke-VServerUnify apk2, apk3 -Reference apk1 -Package ALL
        $done.Linked | Should -Be 2, 1
        $done[0].Skipped['Configuration'] | Should -Be 2
        $done[1].Skipped['VersionDiffers'] | Should -Be 1
        Test-Shared apk1/usr/bin/tool apk2/usr/bin/tool | Should -BeTrue
        Test-Shared apk1/opt/tool/tool.conf apk2/opt/tool/tool.conf | Should -BeFalse
    }

    It 'OtherManager_SharesNothingAndSaysWhy' {
        $done = Invoke-VServerUnify deb1 -Reference rpm1 -Package ALL -WarningVariable warned -WarningAction SilentlyContinue
        $done.Linked | Should -Be 0
        $done.OtherManager | Should -Be 'dpkg'
        "$warned" | Should -Match 'none in common'
    }

    It 'Undo_OfAPackage_KnowsItsFiles' {
        (Invoke-VServerUnify rpm2 -Undo -Package beta).Copied | Should -Be 2
        Test-Shared rpm1/usr/bin/beta rpm2/usr/bin/beta | Should -BeFalse
        Test-Shared rpm1/usr/bin/alpha rpm2/usr/bin/alpha | Should -BeTrue
    }
}

# A guest's root writes what he likes into his database: nothing outside the tree may be reached by it.
Describe 'Database that lies' {
    BeforeAll {
        $lies = '/etc/shadow', '/../../host', '/../deb1/bin/ls', '/usr/../../../etc/passwd', "/$('x' * 5000)", '/link/passwd', '/out/passwd', '/bin/ls'
        foreach ($name in 'liar1', 'liar2') {
            New-PackagedTree "$store/.tree-$name"
            $database = "$store/.tree-$name/var/lib/dpkg"
            Set-Content "$database/info/base.list" $lies
            ln -s /etc "$store/.tree-$name/link"
            ln -s ../../../../etc "$store/.tree-$name/out"
            $null = New-VServer $name -Path "$store/.tree-$name"
        }
    }

    It 'Dpkg_LiesShareNothingThatTheWalkDoesNotFind' {
        $outside = Get-TreeDigest "$store/deb1"
        $host1 = stat -c '%i %h %Z' /etc/passwd /etc/shadow
        $seen = Invoke-VServerUnify liar2 -Reference liar1 -Package base -Detailed | Where-Object { $_ -is [VServer.UnifyFile] }
        $seen | ForEach-Object { "$($_.Path)" } | Sort-Object -Unique | Should -Be '/bin/ls', '/etc/passwd'
        ($seen | Where-Object { "$($_.Path)" -eq '/etc/passwd' }).Reason | Should -Be 'Excluded'
        stat -c '%i %h %Z' /etc/passwd /etc/shadow | Should -Be $host1
        Get-TreeDigest "$store/deb1" | Should -Be $outside
    }

    It 'Folder_ThatLeadsOutside_IsNoDatabase' {
        Move-Item "$store/liar1/var/lib/dpkg" "$store/.moved"
        ln -s "$store/deb1/var/lib/dpkg" "$store/liar1/var/lib/dpkg"
        { Get-VServerPackage liar1 -ErrorAction Stop } | Should -Throw -ErrorId 'PackageDatabaseMissing,*'
        rm "$store/liar1/var/lib/dpkg"
        Move-Item "$store/.moved" "$store/liar1/var/lib/dpkg"
    }

    It 'Fifo_IsAnErrorAtOnce: <_>' -ForEach 'deb1/var/lib/dpkg/status', 'rpm1/var/lib/rpm/rpmdb.sqlite', 'apk1/lib/apk/db/installed' {
        Move-Item "$store/$_" "$store/.kept"
        mkfifo "$store/$_"
        $guest = ($_ -split '/')[0]
        { Get-VServerPackage $guest -ErrorAction Stop } | Should -Throw -ErrorId 'PackageDatabaseInvalid,*'
        rm "$store/$_"
        Move-Item "$store/.kept" "$store/$_"
    }

    It 'Junk_IsOneErrorAndTheOthersGoOn: <_>' -ForEach 'deb1/var/lib/dpkg/status', 'rpm1/var/lib/rpm/rpmdb.sqlite', 'apk1/lib/apk/db/installed' {
        Copy-Item "$store/$_" "$store/.kept"
        dd if=/dev/urandom "of=$store/$_" bs=1000 count=100 2>$null
        $guest = ($_ -split '/')[0]
        (Get-VServerPackage $guest, rpm2 -ErrorVariable failure -ErrorAction SilentlyContinue).Guest | Select-Object -Unique | Should -Be 'rpm2'
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'PackageDatabaseInvalid,VServer.Commands.GetVServerPackageCommand'
        Move-Item -Force "$store/.kept" "$store/$_"
    }
}
