Describe 'Empty' {
    It 'is not run' -ForEach @() { }
}
