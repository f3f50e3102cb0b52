Describe 'Parse' {
    It 'is never closed' {
