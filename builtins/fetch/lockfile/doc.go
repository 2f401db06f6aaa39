// Package lockfile has locks between processes, for folders of the cache that programs write to.
package lockfile

// This file defines nothing but the documentation.
