//go:build !unix

package stores

// Writable reports whether this process may write to a folder; there is no store
// elsewhere that another process would write to.
func Writable(string) bool { return true }
