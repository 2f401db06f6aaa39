# Nor imported.
import /etc/passwd
