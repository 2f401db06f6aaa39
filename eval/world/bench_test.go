package world

// This file measures how long it takes to read a small file.

import (
	"os"
	"path/filepath"
	"testing"
)

func BenchmarkReadSmallFile(b *testing.B) {
	file := filepath.Join(b.TempDir(), "f")
	if err := os.WriteFile(file, make([]byte, 200), 0o666); err != nil {
		b.Fatal(err)
	}
	path, host := FromOSPath(file), OS()
	b.Run("world", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ReadFile(ctx, host, path, NoLimit); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("os", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := os.ReadFile(file); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("lstat", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := host.Lstat(ctx, path); err != nil {
				b.Fatal(err)
			}
		}
	})
}
