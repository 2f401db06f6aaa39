package stores

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSplitPort(t *testing.T) {
	for authority, want := range map[string][2]string{
		"localhost": {"localhost", ""}, "alice@server:22": {"alice@server", "22"}, "::1": {"::1", ""}, "[::1]": {"::1", ""},
		"alice@[fea5::8]:22": {"alice@fea5::8", "22"}, "alice@fea5::8%eth0": {"alice@fea5::8%eth0", ""}, "a:b@host:1": {"a:b@host", "1"},
	} {
		host, port := splitPort(authority)
		assert.Equal(t, want, [2]string{host, port}, authority)
	}
}
