//go:build !unix

package stores

// writable reports whether this process may write to a folder; there is no store
// elsewhere that another process would write to.
func writable(string) bool { return true }
