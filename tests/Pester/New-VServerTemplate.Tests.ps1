BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $template = New-VServerTemplate ref -FromHost -Package bash, procps
}

AfterAll { Remove-TestStore $store }

Describe 'New-VServerTemplate' {
    It 'FromHost_GivesTheTemplate' {
        $template.Name | Should -Be 'ref'
        $template.Path | Should -Be "$store/ref"
        $template.Requested | Should -Be 'bash', 'procps'
        $template.Incomplete | Should -BeFalse
    }

    It 'Store_IsClosedToOthers' {
        stat -c %a $store | Should -Be '700'
        stat -c %a "$store/.vserver" | Should -Be '700'
    }

    It 'Files_AreThoseOfThePackages' {
        foreach ($file in '/bin/bash', '/bin/ps') {
            (Get-FileHash "$store/ref$file").Hash | Should -Be (Get-FileHash $file).Hash
            stat -c '%a %U %G %Y' "$store/ref$file" | Should -Be (stat -L -c '%a %U %G %Y' $file)
        }
    }

    It 'Database_HoldsTheClosureAndNothingElse' {
        $packages = Select-String -Path "$store/ref/var/lib/dpkg/status" -Pattern '^Package: (.*)' | ForEach-Object { $_.Matches[0].Groups[1].Value }
        $packages | Should -Contain 'libc6'
        $packages | Should -Contain 'procps'
        $packages.Count | Should -BeLessThan (dpkg-query -f '.\n' -W).Count
        dpkg-query --admindir="$store/ref/var/lib/dpkg" -W -f '${db:Status-Status}' bash | Should -Be 'installed'
    }

    It 'HostsOwnFiles_AreMadeAnew' {
        Get-Content "$store/ref/etc/passwd" | Where-Object { $_ -like 'root:*' } | Should -HaveCount 1
        foreach ($file in 'hostname', 'machine-id', 'resolv.conf', 'fstab', 'hosts') {
            $hosts = Get-Content "/etc/$file" -ErrorAction Ignore
            if ($hosts) { Get-Content "$store/ref/etc/$file" -ErrorAction Ignore | Should -Not -Be $hosts -Because "$file is the host's" }
        }
    }

    It 'UnknownPackage_IsNamedAndNothingIsMade' {
        { New-VServerTemplate other -FromHost -Package bash, no-such-package -ErrorAction Stop } |
            Should -Throw -ErrorId 'PackageNotFound,VServer.Commands.NewVServerTemplateCommand' -ExpectedMessage '*no-such-package*'
        Test-Path "$store/other" | Should -BeFalse
        (Get-VServerTemplate).Name | Should -Be 'ref'
    }

    It 'TakenName_IsRefused' {
        { New-VServerTemplate ref -FromHost -Package bash -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,VServer.Commands.NewVServerTemplateCommand'
    }

    It 'BadName_IsRefused' {
        { New-VServerTemplate ../ref -FromHost -Package bash -ErrorAction Stop } | Should -Throw -ErrorId 'NameInvalid,VServer.Commands.NewVServerTemplateCommand'
    }

    It 'WhatIf_MakesNotEvenTheStore' {
        New-VServerTemplate other -FromHost -Package bash -Store "$store/new" -WhatIf | Should -BeNullOrEmpty
        Test-Path "$store/new" | Should -BeFalse
    }

    It 'Source_WithoutPackageDatabase_IsRefused' {
        $null = New-Item -ItemType Directory "$TestDrive/empty"
        { New-VServerTemplate other -Source "$TestDrive/empty" -Package bash -ErrorAction Stop } | Should -Throw -ErrorId 'PackageDatabaseMissing,*'
    }

    It 'Source_OfAnotherRoot_IsTaken' {
        $copy = New-VServerTemplate other -Source "$store/ref" -Package bash
        $copy.Source | Should -BeLike "*$store/ref*"
        Test-Path "$store/other/bin/bash" | Should -BeTrue
        Remove-VServerTemplate other -Confirm:$false
    }

    It 'Completion_GivesPackagesOfTheHost' {
        $line = 'New-VServerTemplate x -FromHost -Package coreut'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'coreutils'
    }
}

Describe 'Get-VServerTemplate' {
    It 'All_AreListed' { (Get-VServerTemplate).Name | Should -Be 'ref' }

    It 'PatternWithoutMatch_IsSilent' { Get-VServerTemplate zz* | Should -BeNullOrEmpty }

    It 'Unknown_IsAnError' {
        { Get-VServerTemplate nothing -ErrorAction Stop } | Should -Throw -ErrorId 'TemplateNotFound,VServer.Commands.GetVServerTemplateCommand'
    }

    It 'Table_NamesPackages' { Get-VServerTemplate | Out-String | Should -Match 'bash, procps' }
}

Describe 'Remove-VServerTemplate' {
    It 'WhatIf_RemovesNothing' {
        Remove-VServerTemplate ref -WhatIf
        Test-Path "$store/ref/bin/bash" | Should -BeTrue
    }

    It 'Unknown_IsAnError' {
        { Remove-VServerTemplate nothing -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'TemplateNotFound,VServer.Commands.RemoveVServerTemplateCommand'
    }

    It 'Guest_KeepsItsFiles' {
        $null = New-VServerTemplate short -FromHost -Package bash
        $null = New-VServer keeper -Template short
        Get-VServerTemplate short | Remove-VServerTemplate -Confirm:$false
        Test-Path "$store/short" | Should -BeFalse
        (Get-FileHash "$store/keeper/bin/bash").Hash | Should -Be (Get-FileHash /bin/bash).Hash
        Remove-VServer keeper -Confirm:$false
    }
}
