BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
    $null = New-VServer one, two -Template ref
    # Where bash really is, with or without a merged /usr.
    $bash = (realpath "$store/one/bin/bash").Substring("$store/one".Length)
}

AfterAll { Remove-TestStore $store }

Describe 'Test-VServer' {
    It 'NewGuests_AreAsTheyShouldBe' {
        Test-VServer -Against Store, Reference | Should -BeNullOrEmpty
        Test-VServer -Against Store, Reference -Quiet | Should -BeTrue
        # What the host itself has changed or left out came with the template.
        Test-VServer one -Against Package | Where-Object Kind -eq PackageFileChanged | Where-Object Package -eq bash | Should -BeNullOrEmpty
    }

    It 'ChangedFile_IsFoundByPackageAndReference' {
        mv "$store/one$bash" "$store/one$bash.kept"; Set-Content "$store/one$bash" 'not bash'
        $found = Test-VServer one | Where-Object { "$($_.Path)" -eq $bash }
        $found.Kind | Sort-Object | Should -Be 'PackageFileChanged', 'ReferenceDiffers'
        $found.Package | Select-Object -Unique | Should -Be 'bash'
        Test-VServer one -Quiet | Should -BeFalse
        mv "$store/one$bash.kept" "$store/one$bash"
    }

    It 'Stranger_IsFoundWithTheStore' {
        $null = New-Item -ItemType Directory "$store/stranger"
        (Test-VServer -Against Store).Kind | Should -Be 'TreeUnknown'
        Test-VServer one -Against Store | Should -BeNullOrEmpty
        rmdir "$store/stranger"
    }

    It 'Seals_AreMissedWhenAskedFor' {
        $found = Test-VServer one -Against Store -Guard Immutable
        $found.Kind | Select-Object -Unique | Should -Be 'GuardMissing'
        $found.Count | Should -Be (Get-VServerImmutable one -Guard MayUnlink).Count
    }

    It 'Table_ShowsKindAndPath' {
        Test-VServer one -Against Store -Guard Immutable | Out-String -Width 140 | Should -Match "one\s+GuardMissing\s+$bash"
    }

    It 'Unknown_IsAnError' {
        { Test-VServer nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.TestVServerCommand'
    }
}
