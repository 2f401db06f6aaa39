package signature

// This file tests keys and signatures. Those that are written out were made with
// Nix 2.34.8.

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	secret      = "k1:mtrRqviMcjVVQIDH7mhsKNtL8vi+axoufMwt/UYBlLSia5o2nN+OqgAmkPowb6MoSdQRGTDQmSnlD/6xMQaQhA=="
	public      = "k1:omuaNpzfjqoAJpD6MG+jKEnUERkw0Jkp5Q/+sTEGkIQ="
	fingerprint = "1;/tmp/w/cachex/r/store/2gp88l2fxrd15llwdv1h9mpqgn1biaxc-f;sha256:04zwf782yjwnh3q6hz5izfd6jyip8kgw6g6yj43fiqhbyhdd0dqw;120;"
	signed      = "k1:Sbp0mysBDsaUj9LMz9rpcDMk/VRYNDZn9FZjgPSYBTT7zneHCwPTO81Re/C+X95CBgjzL1UjY/Ihas5nYd7yCw=="
)

func TestSign(t *testing.T) {
	key, err := ParseSecretKey(secret)
	require.NoError(t, err)
	assert.Equal(t, secret, key.String())
	assert.Equal(t, public, key.Public().String())
	assert.Equal(t, signed, key.Sign(fingerprint))
}

func TestVerify(t *testing.T) {
	keys, err := ParseKeys(public+"\n", "other:"+strings.Repeat("A", 43)+"=")
	require.NoError(t, err)
	assert.True(t, keys.Verify(fingerprint, signed))
	for name, s := range map[string]string{
		"another key's name": strings.Replace(signed, "k1", "other", 1),
		"an unknown name":    strings.Replace(signed, "k1", "k2", 1),
		"another signature":  strings.Replace(signed, "Sbp0", "Sbp1", 1),
		"too short":          "k1:AAAA",
		"too long":           strings.TrimSuffix(signed, "Cw==") + "CwAA",
		"no signature":       "nonsense",
		"no base64":          "k1:!",
		"empty":              "",
	} {
		assert.False(t, keys.Verify(fingerprint, s), name)
	}
	assert.False(t, keys.Verify(fingerprint+" ", signed))
	assert.False(t, Keys(nil).Verify(fingerprint, signed))
	assert.Equal(t, 1, keys.Count(fingerprint, []string{signed, "k1:AAAA", signed}), "each key once")
	assert.Zero(t, keys.Count(fingerprint, nil))
}

func TestGenerateKey(t *testing.T) {
	a, err := GenerateKey("a", nil)
	require.NoError(t, err)
	again, err := ParseSecretKey(" " + a.String() + "\n")
	require.NoError(t, err)
	keys, err := ParseKeys(again.Public().String())
	require.NoError(t, err)
	assert.True(t, keys.Verify("x", a.Sign("x")))
	b, err := GenerateKey("a", bytes.NewReader(make([]byte, 32)))
	require.NoError(t, err)
	assert.NotEqual(t, a, b)
	lost := errors.New("lost")
	_, err = GenerateKey("a", iotest.ErrReader(lost))
	assert.ErrorIs(t, err, lost)
}

func TestBadKeys(t *testing.T) {
	for text, want := range map[string]string{
		"nonsense":    "while decoding key named '': key is corrupt",
		"a:":          "while decoding key named '': key is corrupt",
		":AAAA":       "while decoding key named '': key is corrupt",
		"":            "while decoding key named '': key is corrupt",
		"a:!!!":       "while decoding key named 'a': invalid character in Base64 string: '!'",
		"a:AAAA:BBBB": "while decoding key named 'a': invalid character in Base64 string: ':'",
		"a:A":         "secret key is not valid",
		"a:AAAA":      "secret key is not valid",
		public:        "secret key is not valid",
	} {
		_, err := ParseSecretKey(text)
		assert.EqualError(t, err, want)
		_, err = ParseKeys(text)
		switch {
		case text == public:
			assert.NoError(t, err)
		case strings.HasPrefix(want, "secret"):
			assert.EqualError(t, err, "public key is not valid")
		default:
			assert.EqualError(t, err, want)
			var bad *KeyError
			assert.ErrorAs(t, err, &bad)
		}
	}
	_, _, err := Parse("nonsense")
	assert.EqualError(t, err, "signature is corrupt")
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{secret, public, signed, "", ":", "a:AAAA", "a:!"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if key, err := ParseSecretKey(text); err == nil {
			again, err := ParseSecretKey(key.String())
			require.NoError(t, err)
			assert.Equal(t, key, again)
		}
		if key, err := ParsePublicKey(text); err == nil {
			again, err := ParsePublicKey(key.String())
			require.NoError(t, err)
			assert.Equal(t, key, again)
			assert.False(t, Keys{key.Name: key}.Verify("x", text))
		}
		if name, data, err := Parse(text); err == nil {
			_, again, err := Parse(join(name, data))
			if len(data) > 0 {
				require.NoError(t, err)
				assert.Equal(t, data, again)
			}
		}
	})
}
